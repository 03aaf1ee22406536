import type { SatisfactionSurveyInput } from './satisfaction-survey.contract.ts';
import type { TicketSlaInput } from './ticket-sla.contract.ts';

/** The wing's part of the process map. */
export interface ServiceProcesses {
  satisfactionSurvey: { input: SatisfactionSurveyInput; signals: 'surveyChanged' };
  ticketSla: { input: TicketSlaInput; signals: 'ticketChanged' };
}
