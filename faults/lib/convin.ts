import { createHmac } from 'node:crypto';
import type { Caller } from './caller.ts';

/** A telephone system of one organization: signs what it tells as Convin does. */
export async function installConvin(call: Caller): Promise<{
  sign: (text: string) => string;
  /** As if it were signed so many seconds from now. */
  signAt: (text: string, seconds: number) => string;
}> {
  const { status, json, text } = await call('POST', '/v1/integrations', { platform: 'convin' });
  if (status !== 201) throw new Error(`Convin was not installed: ${status} ${text}`);
  const key = Buffer.from((json.data.webhook_secret as string).slice('whsec_'.length), 'base64');
  const signAt = (body: string, offset: number) => {
    const seconds = Math.floor(Date.now() / 1_000) + offset;
    return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
  };
  return { signAt, sign: (body) => signAt(body, 0) };
}

/** What the telephone system says when a call begins. */
export const callStarted = (callId: string, eventId = callId) =>
  JSON.stringify({
    event: 'call.started',
    event_id: eventId,
    call_id: callId,
    occurred_at: new Date(Date.now() - 60_000).toISOString(),
    direction: 'inbound',
    from: '+14155550101',
  });
