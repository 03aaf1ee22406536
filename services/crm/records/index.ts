/** What wings above build records of their own with: references, custom fields, segments, touches. */
export { accountRelation } from '../accounts/account-relation.ts';
export { recordTouch, type Touch, voidTouch } from '../activities/touch.ts';
export { mergedCustom } from '../custom-fields/check-custom.ts';
export { customFilterFields } from '../custom-fields/filter-fields.ts';
export { prospectsSource } from '../prospects/prospect-filter.ts';
export { type RecordReferences, requireRecords } from '../references.ts';
export { segmentCondition } from '../segments/segment-condition.ts';
