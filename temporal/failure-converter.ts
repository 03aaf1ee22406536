import type { FailureConverter, PayloadConverter, ProtoFailure } from '@temporalio/common';
import { DefaultFailureConverter } from '@temporalio/common';
import { describeDatabaseError } from './database-error.ts';
import { scrubStack, scrubText, scrubValue } from './scrub.ts';

/**
 * Runs in clients, workers and inside the workflow sandbox, so it may import nothing of Node. Identifies the
 * error by type and code; the full error, with its detail, is in the worker's log only.
 */
class ScrubbingFailureConverter extends DefaultFailureConverter implements FailureConverter {
  override errorToFailure(error: unknown, payloads: PayloadConverter): ProtoFailure {
    return scrubFailure(super.errorToFailure(describeDatabaseError(error) ?? error, payloads), payloads);
  }
}

/** Returns a copy: a failure that came from the server is shared with the error object it was decoded into. */
function scrubFailure(failure: ProtoFailure, payloads: PayloadConverter): ProtoFailure {
  const scrubbed: ProtoFailure = {
    ...failure,
    message: scrubText(failure.message ?? ''),
    stackTrace: scrubStack(failure.stackTrace ?? ''),
  };
  if (failure.cause) scrubbed.cause = scrubFailure(failure.cause, payloads);
  if (failure.applicationFailureInfo) {
    const { type, details } = failure.applicationFailureInfo;
    scrubbed.applicationFailureInfo = {
      ...failure.applicationFailureInfo,
      type: type && /^[\w.:$-]{1,80}$/.test(type) ? type : 'Error',
      ...(details ? { details: scrubPayloads(details, payloads) } : {}),
    };
  }
  if (failure.canceledFailureInfo?.details) {
    scrubbed.canceledFailureInfo = { details: scrubPayloads(failure.canceledFailureInfo.details, payloads) };
  }
  return scrubbed;
}

type ProtoPayloads = NonNullable<NonNullable<ProtoFailure['applicationFailureInfo']>['details']>;

const scrubPayloads = (details: ProtoPayloads, converter: PayloadConverter): ProtoPayloads => ({
  payloads: (details.payloads ?? []).map((payload) => converter.toPayload(scrubValue(converter.fromPayload(payload)))),
});

export const failureConverter: FailureConverter = new ScrubbingFailureConverter();
