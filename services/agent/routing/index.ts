/** Which model is asked for what, at which price: data of the organization. */
export { type ChangeRouting, changeRouting, type RoutingChanges } from './change-routing.ts';
export { getRouting, listRoutings, type RoutingRevision, type RoutingView, readRouting } from './read-routing.ts';
