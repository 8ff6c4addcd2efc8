import type { Command } from '../shell/command.ts';
import { cat } from './cat.ts';
import { echo, fail, hostname, sleep, succeed, uname, whoami } from './basics.ts';
import { head, seq, wc } from './output.ts';
import { ps } from './ps.ts';
import { uptime, w } from './who.ts';

/** What the simulated machines can do, besides the shell's own `exit`, `sh` and `sudo`. */
export const commands: Readonly<Record<string, Command | undefined>> = {
  true: succeed,
  ':': succeed,
  false: fail,
  cat,
  echo,
  head,
  hostname,
  ps,
  seq,
  sleep,
  uname,
  uptime,
  w,
  wc,
  whoami,
};
