export { probeActivity, probeBeat, probeDoomed, probeNap, probeWait } from './probes.workflow.ts';
