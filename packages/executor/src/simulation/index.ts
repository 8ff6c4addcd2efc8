export { runAdaptive, type AdaptiveOptions, type AdaptiveOutcome } from './adaptive.ts';
export { runFixed, type FixedOptions, type Outcome } from './fixed.ts';
export type { Network, Reply, Request } from './network.ts';
export { perturbed, tuned, type Scenario, type ScenarioName } from './scenarios.ts';
export { bestFixedWidth, type Best, type SweepOptions } from './sweep.ts';
