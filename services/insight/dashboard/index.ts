export { type ActivityView, recentActivity } from './activity.ts';
export { dashboardOverview, type Overview } from './overview.ts';
