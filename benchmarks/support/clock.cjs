// Preloaded (`node --require`) into a process that is to begin at another time: NOW is when, in milliseconds since the
// epoch. From there its clock runs as any other.
const realNow = Date.now;
const offset = Number(process.env.AZFLEET_BENCH_NOW) - realNow();
if (!Number.isFinite(offset)) throw new Error('AZFLEET_BENCH_NOW is no time');
Date.now = () => realNow() + offset;
globalThis.Date = new Proxy(Date, {
  apply: (RealDate) => new RealDate(RealDate.now()).toString(),
  construct: (RealDate, args, target) =>
    Reflect.construct(RealDate, args.length === 0 ? [RealDate.now()] : args, target),
});
