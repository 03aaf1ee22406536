import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { type SatisfactionSurveyInput, surveyChanged } from '../../workflows/service/satisfaction-survey.contract.ts';
import { type TicketSlaInput, ticketChanged } from '../../workflows/service/ticket-sla.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const ticketSlaProcess = defineProcess<TicketSlaInput>({
  name: 'ticketSla',
  workflowType: 'ticketSla',
  taskQueue: MAIN_QUEUE,
  signals: [ticketChanged],
  entityType: 'ticket',
  summary: ({ ticketId, generation }) => `Clocks of ticket ${ticketId}, generation ${generation}`,
  priority: 2,
});

const satisfactionSurveyProcess = defineProcess<SatisfactionSurveyInput>({
  name: 'satisfactionSurvey',
  workflowType: 'satisfactionSurvey',
  taskQueue: MAIN_QUEUE,
  signals: [surveyChanged],
  entityType: 'survey',
  summary: ({ surveyId }) => `Satisfaction survey ${surveyId}`,
  priority: 4,
});

export const SERVICE_PROCESSES: readonly ProcessDefinition[] = [ticketSlaProcess, satisfactionSurveyProcess];
