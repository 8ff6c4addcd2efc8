import { describe, expect, it } from 'vitest';
import { intervalPlot } from '../../src/compare/interval-plot.ts';

describe('intervalPlot', () => {
  it('draws intervals to one scale around 1', () => {
    const { header, cells } = intervalPlot([
      { ratio: 1.1, low: 1.05, high: 1.16 },
      { ratio: 1, low: 0.95, high: 1.05 },
      { ratio: 0.9, low: 0.85, high: 0.95 },
    ]);
    expect([header, ...cells]).toEqual([
      '0.85       1       1.18',
      '           │  ───●──── ',
      '        ───●───        ',
      '────●────  │           ',
    ]);
  });

  it('marks 1 inside an interval whose middle is elsewhere', () => {
    expect(intervalPlot([{ ratio: 1.05, low: 0.97, high: 1.1 }]).cells[0]).toMatch(/^ +─+┼─+●─+$/);
  });

  it('ends in an arrow where an interval goes on', () => {
    expect(intervalPlot([{ ratio: 1, low: 0.1, high: 10 }]).cells[0]).toBe('◂──────────●──────────▸');
  });

  it('does not blow up noise', () => {
    expect(intervalPlot([{ ratio: 1, low: 0.999, high: 1.001 }])).toEqual({
      header: '0.91       1       1.10',
      cells: ['           ●           '],
    });
  });

  it('leaves out what was not compared', () => {
    expect(intervalPlot([null]).cells).toEqual(['']);
  });
});
