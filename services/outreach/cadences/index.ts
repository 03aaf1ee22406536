/** Cadences; what other areas, wings, activities and the API may call. */
export { attendEnrollment, type EnrollmentAttention } from './attend-enrollment.ts';
export {
  type CadenceDetail,
  type CadenceView,
  getCadence,
  listCadences,
  listSteps,
  type StepView,
} from './cadence-view.ts';
export { activateCadence, createCadence, deactivateCadence, deleteCadence, updateCadence } from './change-cadence.ts';
export { pauseEnrollment, resumeEnrollment, unenroll } from './change-enrollment.ts';
export { addStep, deleteStep, updateStep } from './change-step.ts';
export { type EnrollOutcome, enroll, MOST_PEOPLE } from './enroll.ts';
export { createEnrollingThreshold } from './enroll-by-threshold.ts';
export { type EnrollmentDetail, type EnrollmentView, getEnrollment, listEnrollments } from './enrollment-view.ts';
export { noteOutOfOffice, noteReply, noteStop } from './note-engagement.ts';
export { enrollmentAllows } from './send-guard.ts';
export { type Simulation, simulateCadence } from './simulate.ts';
export { createStepMessenger, type StepMessenger } from './step-message.ts';
