/** What the API may call. */
export { type AccountRevenue, type RevenueLine, readAccountRevenue } from './account-revenue.ts';
