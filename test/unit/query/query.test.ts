import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../../src/domain/problem.ts';
import type { Fields } from '../../../src/domain/query/fields.ts';
import { dateRange } from '../../../src/domain/query/range.ts';
import { parseOrderBy, parseQuery } from '../../../src/domain/query.ts';
import { fieldsOf } from '../../../src/domain/unified/fields-of.ts';
import { Invoice } from '../../../src/domain/unified/invoice.ts';

const record = {
  id: '12',
  name: 'Smith & Sons',
  amount: 10.5,
  paid: true,
  issued: '2026-02-01T00:00:00',
  seen: '2026-02-01T05:00:00.000Z',
  inner: { id: '7', deep: { name: 'x' } },
  list: [{ status: 'A' }, { status: 'B' }],
  nothing: null,
};

const matches = (query: string) => parseQuery(query)(record);

describe('a comparison', () => {
  it.each([
    ['name=Smith & Sons', true],
    ['name = Smith & Sons ', true],
    ['name=smith & sons', false],
    ['name!=Smith', true],
    ['name~& S', true],
    ['name~&s', false],
    ['name=', undefined],
    ['amount=10.5', true],
    ['amount=10.50', true],
    ['amount>10', true],
    ['amount>=10.5', true],
    ['amount<=10.5', true],
    ['amount<10.5', false],
    ['amount>-1e3', true],
    ['amount=ten', false],
    ['amount!=ten', true],
    ['paid=true', true],
    ['paid=TRUE', true],
    ['paid!=false', true],
    ['issued=2026-02-01', true],
    ['issued>2026-01-31', true],
    ['issued>2026-02-01', false],
    ['issued<=2026-02-01T00:00', true],
    ['seen>=2026-02-01T00:00:00-05:00', true],
    ['seen<2026-02-01T05:00:00.001Z', true],
    ['inner.id=7', true],
    ['inner.deep.name=x', true],
    ['inner.other=x', false],
    ['inner.other!=x', true],
    ['missing=x', false],
    ['missing!=x', true],
    ['missing<5', false],
    ['nothing!=x', true],
    ['nothing=x', false],
    ['list.status=A', true],
    ['list.status!=C', true],
    ['list.status!=A', false],
    ['constructor!=x', true],
    ['toString.name=toString', false],
  ])('%s is %s', (query, expected) => {
    if (expected === undefined) expect(() => matches(query)).toThrow(Problem);
    else expect(matches(query)).toBe(expected);
  });
});

describe('a property that a record only inherits', () => {
  it('is as good as missing', () => {
    const heir: unknown = Object.assign(Object.create({ inherited: 'x' }), { own: 'x' });

    expect([parseQuery('own=x')(heir), parseQuery('inherited=x')(heir)]).toEqual([true, false]);
  });
});

describe('joining comparisons', () => {
  it.each([
    ['amount>5&&paid=true', true],
    ['amount>50||paid=true', true],
    ['amount>50||paid=true&&name=x', false],
    ['paid=true||amount>50&&name=x', true],
    ['{paid=true||amount>50}&&name=x', false],
    ['{ { amount>5 } } && { paid = true }', true],
    ['{amount>5}||name=x', true],
  ])('%s is %s', (query, expected) => {
    expect(matches(query)).toBe(expected);
  });

  it('reads a query that was encoded twice', () => {
    expect(matches(encodeURIComponent('amount>5&&paid=true'))).toBe(true);
  });
});

describe('a query that cannot be read', () => {
  it.each([
    ['', 'At character 1 it ends where the name of a property is expected.'],
    ['amount', 'At character 7 it ends where one of = != ~ > < >= <= is expected.'],
    ['amount==5', '"amount" is compared with nothing. Write a value after the operator.'],
    ['amount>5&paid', undefined],
    ['amount>5 && ', 'At character 13 it ends where the name of a property is expected.'],
    ['{amount>5', 'At character 10 it ends where a closing brace } is expected.'],
    ['amount>5}', 'At character 9 there is "}" where && or || before it is expected.'],
    ['amount>5{paid=true}', 'At character 9 there is "{paid=true}" where && or || before it is expected.'],
    ['name=a=b', 'At character 7 there is "=b" where && or || before it is expected.'],
    ['=5', 'At character 1 there is "=5" where the name of a property is expected.'],
    ['nothing=NULL', '"nothing" is compared with null, which a query cannot ask for. Leave it out.'],
    [`${'{'.repeat(51)}a=b${'}'.repeat(51)}`, 'There are more than 50 braces inside each other.'],
    [`a=${'b'.repeat(2046)}`, 'It has 2048 characters and must be shorter than 2048.'],
  ])('%s is refused in words', (query, sentence) => {
    if (sentence === undefined) expect(parseQuery(query)({ amount: 6 })).toBe(false);
    else expect(() => parseQuery(query)).toThrow(`Error parsing query - Malformed query. ${sentence}`);
  });

  it('may have 2047 characters', () => {
    expect(parseQuery(`a=${'b'.repeat(2045)}`)({ a: 'b'.repeat(2045) })).toBe(true);
  });
});

describe('a query over known properties', () => {
  const fields: Fields = { name: 'text', amount: 'number', issued: 'date', paid: 'boolean', bag: 'map' };

  it.each(['name~x', 'amount>=1', 'issued<2026-01-01', 'paid!=true', '{name=a||name=b}&&amount<3'])(
    'takes %s',
    (query) => {
      expect(() => parseQuery(query, fields)).not.toThrow();
    },
  );

  it.each([
    [
      'shoeSize=1',
      'Could not resolve property shoeSize. Known properties are name, amount, issued, paid, bag.',
    ],
    ['amount~1', '"amount" can be compared with = != > < >= <=, not with ~.'],
    ['paid>true', '"paid" can be compared with = !=, not with >.'],
    ['paid=yes', '"paid" is compared with "yes", which is not true or false.'],
    [
      'issued=2026-02-30',
      '"issued" is compared with "2026-02-30", which is not a date (YYYY-MM-DD or an ISO time).',
    ],
    [
      'issued=yesterday',
      '"issued" is compared with "yesterday", which is not a date (YYYY-MM-DD or an ISO time).',
    ],
    ['bag.x=1', '"bag.x" holds names of its own, which a query cannot look into.'],
    ['name=a||{amount=1&&shoeSize=2}', 'Could not resolve property shoeSize.'],
  ])('refuses %s in words', (query, sentence) => {
    expect(() => parseQuery(query, fields)).toThrow(sentence);
  });
});

describe('an order', () => {
  const records = [
    { id: '10', name: 'b', amount: 2, day: '2026-01-02T00:00:00' },
    { id: '9', name: 'a', amount: 10, day: '2026-01-01T23:00:00-05:00' },
    { id: '100', amount: 2, day: '2026-01-01' },
  ];
  const ordered = (order: string) => records.toSorted(parseOrderBy(order)).map(({ id }) => id);

  it.each([
    ['name', ['100', '9', '10']],
    ['-name', ['10', '9', '100']],
    ['amount', ['10', '100', '9']],
    ['-amount', ['9', '10', '100']],
    ['day', ['100', '10', '9']],
    ['id', ['9', '10', '100']],
    ['-id', ['100', '10', '9']],
  ])('by %s puts numbers, dates and ids in theirs and keeps ties as they were', (order, expected) => {
    expect(ordered(order)).toEqual(expected);
  });

  it.each(['', '-', 'a b', '1', 'name,amount', '--name'])('cannot be "%s"', (order) => {
    expect(() => parseOrderBy(order)).toThrow(Problem);
  });
});

describe('the range of a date property', () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
  const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

  it.each([
    ['seen>2026-01-01', { ...everything, from: day('2026-01-01') }],
    ['seen>=2026-01-01&&name=x&&seen<2026-02-01', { from: day('2026-01-01'), to: day('2026-02-01') }],
    ['{seen=2026-01-01}&&a=b', { from: day('2026-01-01'), to: day('2026-01-01') }],
    ['seen>2026-01-01||name=x', everything],
    ['seen!=2026-01-01', everything],
    ['name=x', everything],
  ])('of %s is what every match keeps', (query, expected) => {
    expect(dateRange(query, 'seen')).toEqual(expected);
  });
});

describe('the properties of a schema', () => {
  it('are named with their kinds, those of objects too', () => {
    expect(fieldsOf(Invoice)).toMatchObject({
      'customerRef.companyName': 'text',
      dueDate: 'date',
      amountDue: 'number',
      'metadata.isDeleted': 'boolean',
      lineItems: 'list',
      supplementalData: 'object',
    });
  });
});
