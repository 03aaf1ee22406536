import type { InteractionInput } from '../services/data/index.ts';
import type { DemoCampaign, DemoDefinition, NamedAgent } from './definition.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';

const DAY_MS = 86_400_000;

/** How far a person is from buying. */
export type Stage = 'early' | 'late' | 'undecided' | 'after';

export interface Touch {
  readonly input: InteractionInput;
}

type Channel = 'call' | 'email' | 'chat' | 'sms' | 'web' | 'linkedin' | 'direct';

const CHANNELS: Readonly<Record<Stage, Readonly<Record<Channel, number>>>> = {
  early: { web: 30, linkedin: 16, email: 22, call: 12, chat: 8, sms: 4, direct: 8 },
  late: { call: 36, email: 20, chat: 16, sms: 10, web: 10, linkedin: 3, direct: 5 },
  undecided: { call: 30, email: 26, chat: 12, sms: 10, web: 12, linkedin: 6, direct: 4 },
  after: { chat: 40, call: 35, email: 25, sms: 0, web: 0, linkedin: 0, direct: 0 },
};

const INTENTS = {
  early: { general_question: 45, pricing_question: 35, demo_request: 20 },
  late: { purchase_inquiry: 50, pricing_question: 25, demo_request: 15, renewal: 10 },
  undecided: { general_question: 40, pricing_question: 30, callback_request: 20, purchase_inquiry: 10 },
  after: { support_request: 75, complaint: 10, general_question: 15 },
} as const satisfies Record<Stage, Record<string, number>>;

/** Lowest and highest probability of a purchase, in hundredths. */
const PROBABILITY: Readonly<Record<Stage, readonly [number, number]>> = {
  early: [15, 55],
  late: [50, 96],
  undecided: [4, 45],
  after: [2, 20],
};

/** Per message or click, where no vendor's price applies. */
const COST: Partial<Record<Channel, string>> = { email: '0.01', sms: '0.04', chat: '0.30' };

export interface TouchOf {
  readonly definition: DemoDefinition;
  readonly agents: readonly NamedAgent[];
  readonly random: Random;
  readonly person: DemoPerson;
  readonly anchor: number;
}

/** One touch; its number and what it tells about the person are filled in when the journey is known. */
export function touchOn(of: TouchOf, at: number, stage: Stage): Touch {
  const { definition, random, person } = of;
  const channel = random.weighted(CHANNELS[stage]);
  const minutes = channel === 'call' ? random.between(1, 28) : channel === 'chat' ? random.between(3, 22) : 0;
  const campaign = stage === 'after' ? undefined : campaignOn(of, channel, at);
  const agent = agentOn(of, channel);
  const [least, most] = PROBABILITY[stage];
  const spoken = channel === 'call' || channel === 'chat' || channel === 'email' || channel === 'sms';
  return {
    input: {
      externalInteractionId: '',
      customerIdentifiers: [],
      channel,
      startedAt: new Date(at),
      ...(minutes > 0 ? { endedAt: new Date(at + minutes * 60_000 - random.between(0, 40) * 1_000) } : {}),
      direction: channel === 'web' || channel === 'direct' || random.chance(0.45) ? 'inbound' : 'outbound',
      language: person.language,
      ...(spoken || random.chance(0.3) ? { primaryIntent: random.weighted<string>(INTENTS[stage]) } : {}),
      ...(spoken && random.chance(0.88) ? { purchaseProbability: random.between(least, most) / 100 } : {}),
      ...(agent ? { participants: [{ role: 'agent' as const, externalId: agent.externalId }] } : {}),
      ...costOf(definition, random, channel, minutes, agent),
      ...(campaign ? sourceOf(campaign, random) : {}),
    },
  };
}

/** Two thirds of a person's contacts are with the same colleague. */
function agentOn({ agents, random, person }: TouchOf, channel: Channel): NamedAgent | undefined {
  if (channel === 'web' || channel === 'direct' || channel === 'linkedin') return undefined;
  if (channel === 'email' && random.chance(0.5)) return undefined;
  return random.chance(0.66) ? agents[(person.index * 7) % agents.length] : random.pick(agents);
}

function costOf(
  { vendors }: DemoDefinition,
  random: Random,
  channel: Channel,
  minutes: number,
  agent: NamedAgent | undefined,
): Pick<InteractionInput, 'vendorCode' | 'cost' | 'costCurrency'> {
  if (channel === 'call') {
    const vendor = vendors.find(({ code }) => code === agent?.vendorCode) ?? random.pick(vendors);
    const price = Number(vendor.costPerInteraction ?? 0) + Number(vendor.costPerMinute ?? 0) * minutes;
    return { vendorCode: vendor.code, cost: price.toFixed(2), costCurrency: vendor.costCurrency ?? 'USD' };
  }
  const cost = COST[channel];
  return cost ? { cost, costCurrency: 'USD' } : {};
}

/** A campaign that ran on this channel on that day, for most touches. */
function campaignOn({ definition, random, anchor }: TouchOf, channel: Channel, at: number): DemoCampaign | undefined {
  const daysBefore = (anchor - at) / DAY_MS;
  const running = definition.campaigns.filter(
    (campaign) => campaign.channel === channel && daysBefore <= campaign.from && daysBefore >= campaign.to,
  );
  return running.length > 0 && random.chance(0.7) ? random.pick(running) : undefined;
}

function sourceOf(
  { name, source, medium, contents }: DemoCampaign,
  random: Random,
): Pick<InteractionInput, 'campaign' | 'utm' | 'contentId'> {
  return { campaign: name, utm: { source, medium, campaign: name }, contentId: random.pick(contents) };
}
