import { AT_RISK } from './deal.rules.ts';
import type { Evidence, Insight, OpenDeal, ProspectSigns } from './prospect-signs.rules.ts';

const DAY_MS = 86_400_000;
const rows = (type: Evidence['type'], ids: readonly string[]): Evidence[] => ids.map((id) => ({ type, id }));
const times = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

type Rule = (signs: ProspectSigns) => Insight | null;

const insight = (
  type: string,
  level: Insight['level'],
  text: string,
  facts: Insight['facts'],
  evidence: readonly Evidence[],
): Insight => ({ type, level, text, facts, evidence });

/** In the order in which they are told within their level. */
const RULES: readonly Rule[] = [
  ({ overdueTasks: { count, ids } }) =>
    count === 0
      ? null
      : insight('overdue_tasks', 'warning', `${times(count, 'task')} overdue.`, { tasks: count }, rows('task', ids)),

  ({ openDeals }) => {
    const late = openDeals.filter(({ daysToClose }) => daysToClose !== null && daysToClose < 0);
    if (late.length === 0) return null;
    const days = Math.max(...late.map(({ daysToClose }) => -daysToClose!));
    const text = `${times(late.length, 'open deal')} past the close date, by up to ${times(days, 'day')}.`;
    return insight(
      'deal_overdue',
      'warning',
      text,
      { deals: late.length, days },
      rows(
        'deal',
        late.map(({ id }) => id),
      ),
    );
  },

  ({ openDeals }) => {
    const risky = openDeals.filter(({ riskScore }) => (riskScore ?? 0) >= AT_RISK);
    if (risky.length === 0) return null;
    const riskScore = Math.max(...risky.map((deal) => deal.riskScore!));
    const text = `${times(risky.length, 'open deal')} at high risk (${riskScore} of 100).`;
    return insight(
      'deal_at_risk',
      'warning',
      text,
      { deals: risky.length, riskScore },
      rows(
        'deal',
        risky.map(({ id }) => id),
      ),
    );
  },

  ({ openDeals, openTasks, nextMeeting }) =>
    openDeals.length === 0 || openTasks.count > 0 || nextMeeting
      ? null
      : insight(
          'no_next_step',
          'warning',
          'An open deal, but neither a task nor a meeting ahead.',
          { deals: openDeals.length },
          rows(
            'deal',
            openDeals.map(({ id }) => id),
          ),
        ),

  ({ contacts, now, id }) => {
    if (contacts.last === null) {
      return insight('never_contacted', 'warning', 'Nobody has been in touch yet.', {}, rows('prospect', [id]));
    }
    const days = Math.floor((now.getTime() - contacts.last.getTime()) / DAY_MS);
    const facts = { days };
    return days >= QUIET_DAYS
      ? insight(
          'gone_quiet',
          'warning',
          `Silent for ${times(days, 'day')}.`,
          facts,
          rows('activity', contacts.ids.slice(0, 1)),
        )
      : insight(
          'last_contact',
          'neutral',
          days === 0 ? 'In touch today.' : `Last in touch ${times(days, 'day')} ago.`,
          facts,
          rows('activity', contacts.ids.slice(0, 1)),
        );
  },

  ({ missedCalls: { count, ids } }) =>
    count < 3
      ? null
      : insight(
          'hard_to_reach',
          'warning',
          `${count} calls in a row that nobody took.`,
          { calls: count },
          rows('call', ids),
        ),

  ({ missedMeetings: { count, ids } }) =>
    count === 0
      ? null
      : insight(
          'missed_meetings',
          'warning',
          `${times(count, 'meeting')} missed in the last 90 days.`,
          { meetings: count },
          rows('meeting', ids),
        ),

  ({ hasEmail, hasPhone, id }) =>
    hasEmail && hasPhone
      ? null
      : insight(
          'incomplete_contact',
          'neutral',
          hasEmail
            ? 'No phone number is known.'
            : hasPhone
              ? 'No e-mail address is known.'
              : 'Neither e-mail address nor phone number is known.',
          {},
          rows('prospect', [id]),
        ),

  ({ contacts30, contactsBefore30 }) => {
    const [now, before] = [contacts30.count, contactsBefore30.count];
    if (now + before < FEW || now === before) return null;
    const facts = { last30Days: now, before };
    const evidence = rows('activity', [...contacts30.ids, ...contactsBefore30.ids]);
    if (now >= before * 1.5)
      return insight(
        'engagement_rising',
        'positive',
        `In touch ${times(now, 'time')} in 30 days, ${before} in the 30 before.`,
        facts,
        evidence,
      );
    if (now * 1.5 <= before)
      return insight(
        'engagement_falling',
        'warning',
        `In touch ${times(now, 'time')} in 30 days, ${before} in the 30 before.`,
        facts,
        evidence,
      );
    return null;
  },

  ({ answers: { count, ids } }) =>
    count === 0
      ? null
      : insight(
          'responsive',
          'positive',
          `Answered or came ${times(count, 'time')} in the last 90 days.`,
          { answers: count },
          rows('activity', ids),
        ),

  ({ answersByChannel: [best, second] }) =>
    !best || best.count < 2 || best.count === second?.count
      ? null
      : insight(
          'preferred_channel',
          'positive',
          `Answers by ${best.channel} most.`,
          { channel: best.channel, answers: best.count },
          rows('activity', best.ids),
        ),

  ({ pageViews14: { count, ids } }) =>
    count === 0
      ? null
      : insight(
          'on_the_website',
          'positive',
          `${times(count, 'page view')} in the last 14 days.`,
          { pageViews: count },
          rows('page_view', ids),
        ),

  ({ nextMeeting }) =>
    nextMeeting === null
      ? null
      : insight(
          'meeting_ahead',
          'positive',
          `A meeting is scheduled for ${nextMeeting.startsAt.toISOString().slice(0, 10)}.`,
          { startsAt: nextMeeting.startsAt.toISOString() },
          rows('meeting', [nextMeeting.id]),
        ),

  ({ openDeals }) =>
    openDeals.length === 0
      ? null
      : insight(
          'open_deals',
          'neutral',
          `${times(openDeals.length, 'open deal')}, the furthest in ${furthest(openDeals)}.`,
          { deals: openDeals.length, stage: furthest(openDeals) },
          rows(
            'deal',
            openDeals.map(({ id }) => id),
          ),
        ),

  ({ wonDeals: won, lostDeals: lost }) =>
    won.count + lost.count === 0
      ? null
      : insight(
          'deal_history',
          won.count >= lost.count ? 'positive' : 'neutral',
          `${times(won.count, 'deal')} won, ${lost.count} lost.`,
          { won: won.count, lost: lost.count },
          rows('deal', [...won.ids, ...lost.ids]),
        ),

  ({ conversions: { count, ids } }) =>
    count === 0
      ? null
      : insight(
          'has_bought',
          'positive',
          `${times(count, 'conversion')} of this person.`,
          { conversions: count },
          rows('conversion', ids),
        ),

  ({ touches30: { count, ids } }) =>
    count === 0
      ? null
      : insight(
          'journey_activity',
          'neutral',
          `${times(count, 'touch', 'touches')} of the journey in 30 days.`,
          { touches: count },
          rows('interaction', ids),
        ),
];

const QUIET_DAYS = 30;
/** Fewer contacts than these show no direction. */
const FEW = 3;
const STAGES = ['discovery', 'qualification', 'proposal', 'negotiation'];
const furthest = (deals: readonly OpenDeal[]): string =>
  STAGES[Math.max(...deals.map(({ stage }) => STAGES.indexOf(stage)))] ?? deals[0]!.stage;

const LEVELS: readonly Insight['level'][] = ['warning', 'positive', 'neutral'];

/** What the data says of a person, warnings first. Each insight names the rows that it rests on. */
export const prospectInsights = (signs: ProspectSigns): Insight[] =>
  RULES.flatMap((rule) => rule(signs) ?? []).sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
