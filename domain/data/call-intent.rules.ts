/** What an intent that was heard in a conversation is about (case-insensitive regular expressions). */
export const SUPPORT_LIKE = '(support|complain|cancel|refund|issue|problem|help)';
export const PURCHASE_LIKE = '(purchas|buy|order|upgrade|pricing|quote|demo|subscri|renew)';
