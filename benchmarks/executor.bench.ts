import { suite } from '@azfleet/bench';
import { perturbed, tuned } from '@azfleet/executor/simulation';
import { onNetwork } from './executor/networks.ts';
import { lazyLibraries, libraries, overhead } from './executor/overhead.ts';

export default suite({
  about: 'nine simulated networks on a virtual clock, beside the best fixed width; and tasks that do nothing',
  open: (context) => ({
    comparisons: [
      ...tuned.map((scenario) => async () => onNetwork(scenario, { seeds: 1, usualWidths: true })),
      // Other parameters, on which nothing was tuned.
      ...perturbed.map((scenario) => async () => onNetwork(scenario, { seeds: 101, suffix: '-perturbed' })),
      async () => onNetwork(tuned[0]!, { seeds: 1, suffix: '-5000', tasks: 5000 }),
      () => overhead(context, { name: 'tasks', items: 100_000, libraries, against: 'p-map' }),
      () => overhead(context, { name: 'lazy', items: 1_000_000, libraries: lazyLibraries, against: 'p-map-iterable' }),
    ],
  }),
});
