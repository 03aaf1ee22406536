/** The way to models, for every wing above the customer record. */
export { type Budget, budgetRow, DEFAULT_LIMIT_MICROS, readBudget, setMonthlyLimit } from './budget.ts';
export { type ChargedCost, chargeCalls, redactCalls, unchargeCalls } from './call-ledger.ts';
export { type AskOptions, createModelGateway, type ModelAnswer, type ModelGateway } from './gateway.ts';
