import type { LiveView, ReportView } from '../view.ts';
import { byId } from './dom.ts';

/** Listens to a run that goes on: its progress, and the report as it grows. */
export function followRun(address: string, show: (report: ReportView) => void): void {
  const bar = byId('progress') as HTMLProgressElement;
  const source = new EventSource(address);
  byId('live').hidden = false;
  let ended = false;
  source.addEventListener('report', ({ data }: MessageEvent<string>) => {
    const report = JSON.parse(data) as ReportView | null; // null: nothing is measured yet
    if (report !== null) show(report);
  });
  source.addEventListener('live', ({ data }: MessageEvent<string>) => {
    const { state, text, share } = JSON.parse(data) as LiveView;
    byId('live').dataset['state'] = state;
    say(text);
    bar.hidden = state !== 'running';
    if (share === null) bar.removeAttribute('value');
    else bar.value = share;
    ended = state !== 'running';
    if (ended) source.close();
  });
  source.addEventListener('error', () => {
    if (ended) return;
    // A server that is gone closes the connection; the browser tries again by itself until it answers otherwise.
    say(
      source.readyState === EventSource.CLOSED
        ? 'The run is no longer there; this is what it had measured.'
        : 'No word from the run: trying again. Until then this is what it had measured.',
    );
  });
}

/** Only what is new: screen readers read it out each time. */
function say(text: string): void {
  const place = byId('live-text');
  if (place.textContent !== text) place.textContent = text;
}
