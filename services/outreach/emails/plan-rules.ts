import { invalid } from '../../../domain/core/errors.ts';
import type { Attachment, MailAddress } from '../../../domain/platform/mail.port.ts';
import type { EmailCategory } from './email-view.ts';

/** Together they travel in one request and stand in one row. */
const MAX_ATTACHMENT_BYTES = 500_000;

/** Types that receivers refuse and that nobody should be sent. */
const DANGEROUS = /\.(?:exe|scr|bat|cmd|com|js|vbs|jar|msi|ps1|hta|lnk)$/i;

/** @throws AppError validation for what no message may be. */
export function requirePlannable(plan: {
  readonly to: readonly MailAddress[];
  readonly cc?: readonly MailAddress[] | undefined;
  readonly bcc?: readonly MailAddress[] | undefined;
  readonly category: EmailCategory;
  readonly attachments?: readonly Attachment[] | undefined;
}): void {
  const { to, cc = [], bcc = [], category, attachments = [] } = plan;
  const isToMany = category === 'marketing' || category === 'sequence';
  if (isToMany && to.length + cc.length + bcc.length > 1) {
    const field = to.length > 1 ? 'to' : cc.length > 0 ? 'cc' : 'bcc';
    throw invalid(
      field,
      'is one person alone for marketing and sequences: links to unsubscribe belong to one person',
      undefined,
      'Use POST /emails/bulk for many people, or category one_to_one.',
    );
  }
  const sizes = attachments.map(({ content }) => Math.floor((content.length * 3) / 4));
  if (sizes.reduce((sum, size) => sum + size, 0) > MAX_ATTACHMENT_BYTES) {
    throw invalid('attachments', `may have ${MAX_ATTACHMENT_BYTES} bytes together`, undefined, 'Send a link instead.');
  }
  const dangerous = attachments.findIndex(({ fileName }) => DANGEROUS.test(fileName));
  if (dangerous >= 0) {
    throw invalid(
      `attachments.${dangerous}.fileName`,
      'is of a type that receivers refuse',
      attachments[dangerous]!.fileName,
    );
  }
}
