import { z } from 'zod';
import { reference } from '../../domain/platform/person.input.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { referenceText } from './people.dto.ts';

export const TeamParams = z.strictObject({ id: referenceText() });
export const MemberParams = z.strictObject({ id: referenceText(), userId: id() });

const settings = () =>
  freeForm().refine((value) => JSON.stringify(value).length <= 20_000, 'must have at most 20000 characters');

const fields = {
  description: text(1_000).nullable().optional(),
  vendorId: id().nullable().optional().describe('The vendor whose people these are'),
  parentTeamId: reference().nullable().optional().describe('Id or number of a top-level team'),
  settings: settings().optional(),
};

export const CreateTeamBody = z.strictObject({ name: text(200), ...fields }).meta({ id: 'TeamInput' });
export const UpdateTeamBody = z.strictObject({ name: text(200).optional(), ...fields }).meta({ id: 'TeamChanges' });

export const DeleteTeamBody = z.strictObject({ transferToTeamId: reference().optional() }).optional();
export const DeleteTeamQuery = z.strictObject({
  transferTo: referenceText().optional().describe('Id or number of the team that takes members, agents and sub-teams'),
});

export const ListTeamsQuery = z.strictObject({
  ...pageQuery,
  vendorId: id().optional(),
  q: text(200).optional().describe('Part of the name of a team or of one inside it'),
});

export const ListMembersQuery = z.strictObject({
  ...pageQuery,
  includeSubTeams: z
    .enum(['true', 'false'])
    .transform((given) => given === 'true')
    .default(false),
});

export const AddMembersBody = z
  .strictObject({ userIds: z.array(id()).min(1, 'must name somebody').max(1_000) })
  .meta({ id: 'TeamMembersInput' });

const shortTeam = {
  id: id(),
  number: z.int(),
  name: z.string(),
  description: z.string().nullable(),
  vendor: z.strictObject({ id: id(), code: z.string(), name: z.string() }).nullable(),
  members: z.int().describe('People in this very team'),
};
const team = {
  ...shortTeam,
  parent: z.strictObject({ id: id(), number: z.int(), name: z.string() }).nullable(),
  totalMembers: z.int().describe('With those of the teams inside it'),
  subTeams: z.array(z.strictObject(shortTeam)),
  settings: freeForm(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.int(),
};

export const Team = z.strictObject(team).meta({ id: 'Team' });
export const TeamDetail = z
  .strictObject({
    ...team,
    people: z
      .array(z.strictObject({ id: id(), name: z.string(), email: z.string(), status: z.string() }))
      .describe('The first 200 members by name'),
  })
  .meta({ id: 'TeamDetail' });

export const DeletedTeam = z.strictObject({
  id: id(),
  transferredTo: id().nullable(),
  membersMoved: z.int(),
  agentsMoved: z.int(),
  subTeamsMoved: z.int(),
});

export const AddedMembers = z
  .strictObject({
    teamId: id(),
    added: z.array(z.strictObject({ userId: id(), previousTeamId: id().nullable() })),
    unchanged: z.array(id()).describe('Those who were in the team already'),
  })
  .meta({ id: 'TeamMembersAdded' });
