import { defineSignal } from '@temporalio/workflow';

export interface SatisfactionSurveyInput {
  organizationId: string;
  surveyId: string;
}

export interface SatisfactionSurveyResult {
  status: 'answered' | 'expired' | 'cancelled';
}

/** The survey's row has changed: look at it. */
export const surveyChanged = defineSignal('surveyChanged');
