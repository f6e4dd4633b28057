/** What the forms of Administration say to the service, and which of their fields it refuses. */
import { describe, expect, it } from 'vitest';
import { emptyFields, linesOf, refusedFields } from '../../../addin/administration/field-problems';
import { fieldsOfSite, valuesOfSite } from '../../../addin/administration/site-form-values';
import { ApiError } from '../../../addin/api/api-error';

const site = {
  id: 'site-1',
  name: 'München',
  timeZone: 'Europe/Berlin',
  users: 3,
  dialPlan: {
    countryCode: '49',
    areaCode: '89',
    trunkAccessCode: '0',
    nationalPrefix: '0',
    internationalPrefix: '00',
    numberBlocks: ['+49897007', '+49897008'],
    extensionLength: 3,
    emergencyNumbers: ['110', '112'],
  },
};

describe('the form for a site', () => {
  it('says of an unchanged site what it is', () => {
    expect(fieldsOfSite(valuesOfSite(site), false)).toEqual({
      name: site.name,
      timeZone: site.timeZone,
      dialPlan: site.dialPlan,
    });
  });

  it('leaves to the country what is left empty for a new one, and takes a plus away', () => {
    const values = { ...valuesOfSite(undefined), name: ' Wien ', countryCode: '+43' };
    expect(fieldsOfSite(values, true)).toEqual({
      name: 'Wien',
      dialPlan: { countryCode: '43', areaCode: '', trunkAccessCode: '', numberBlocks: [], extensionLength: 3 },
    });
  });

  it('says how many digits are dialled where, in North America only', () => {
    const values = { ...valuesOfSite(site), countryCode: '+1', localAreaCodes: '646, 332', ownAreaDigits: '7' };
    expect(fieldsOfSite(values, false).dialPlan).toMatchObject({ localAreaCodes: ['646', '332'], ownAreaDigits: 7 });
    const cleared = { ...values, localAreaCodes: '', ownAreaDigits: '' };
    expect(fieldsOfSite(cleared, false).dialPlan).toMatchObject({ localAreaCodes: [], ownAreaDigits: 11 });
    expect(fieldsOfSite({ ...values, countryCode: '49' }, false).dialPlan).not.toHaveProperty('localAreaCodes');
  });

  it('clears a prefix of a site that is there', () => {
    const values = { ...valuesOfSite(site), nationalPrefix: '', trunkAccessCode: '' };
    expect(fieldsOfSite(values, false).dialPlan).toMatchObject({ nationalPrefix: '', trunkAccessCode: '' });
  });
});

describe('fields', () => {
  it('are told as missing, and by what the service says of them', () => {
    const values = valuesOfSite(undefined);
    expect(emptyFields(values, ['name', 'countryCode'])).toEqual({ name: 'missing', countryCode: 'missing' });
    const problem = (field: string, reason: string) =>
      new ApiError('request-invalid', {
        ...{ type: 'about:blank', title: '', status: 400, detail: '', correlationId: '' },
        ...{ code: 'request-invalid' as const, details: [{ field, reason }] },
      });
    expect(refusedFields(problem('dialPlan.numberBlocks.1', 'invalid_format'), values)).toEqual({
      numberBlocks: 'other',
    });
    expect(refusedFields(problem('newName', 'taken'), values, { newName: 'name' })).toEqual({ name: 'taken' });
    expect(refusedFields(problem('elsewhere', 'taken'), values)).toEqual({});
    expect(refusedFields(new Error('network'), values)).toEqual({});
  });

  it('of several lines take commas too and no empty ones', () => {
    expect(linesOf(' 330\n\n331, 332 ;333')).toEqual(['330', '331', '332', '333']);
  });
});
