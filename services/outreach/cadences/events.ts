import { defineEvent } from '../../core/events.ts';

interface EnrollmentFact {
  id: string;
  cadenceId: string;
  prospectId: string;
}

/** The last step of a person is done. */
export const cadenceCompleted = defineEvent<EnrollmentFact>('cadence.completed', 'cadence_enrollment');
/** A person rests; `reason` says why. */
export const cadencePaused = defineEvent<EnrollmentFact & { reason: string }>('cadence.paused', 'cadence_enrollment');
/** A person has left a cadence before its end. */
export const cadenceExited = defineEvent<EnrollmentFact & { reason: string }>('cadence.exited', 'cadence_enrollment');
