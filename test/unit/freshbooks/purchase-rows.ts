import { money } from './rows.ts';

// Rows of what is bought, credited and sold again and again, made to the facts of FreshBooks' replies.
type Fields = Record<string, unknown>;

export function bill(id: number, more: Fields = {}): Fields {
  return {
    id,
    bill_number: `B${id}`,
    vendorid: 1563,
    issue_date: '2026-06-01',
    due_date: '2026-06-26',
    currency_code: 'CAD',
    amount: money('100.00'),
    tax_amount: money('13.00'),
    total_amount: money('113.00'),
    paid: money('0.00'),
    outstanding: money('113.00'),
    status: 'unpaid',
    lines: [billLine()],
    created_at: '2026-06-01 15:30:29',
    updated_at: '2026-06-01 15:30:29',
    vis_state: 0,
    ...more,
  };
}

export function billLine(more: Fields = {}): Fields {
  return {
    list_index: 1,
    description: 'Raw material',
    category: 'Equipment',
    categoryid: 3696445,
    quantity: '10',
    unit_cost: money('10.00'),
    amount: money('100.00'),
    tax_name1: 'HST',
    tax_percent1: '13',
    tax_amount1: money('13.00'),
    tax_name2: null,
    tax_percent2: null,
    tax_amount2: null,
    total_amount: money('113.00'),
    ...more,
  };
}

export function billPayment(id: number, more: Fields = {}): Fields {
  return {
    id,
    amount: money('50.00'),
    billid: 1,
    paid_date: '2026-06-10',
    payment_type: 'Check',
    note: 'Half of it',
    vis_state: 0,
    ...more,
  };
}

export function vendor(vendorid: number, vendor_name: string, more: Fields = {}): Fields {
  return {
    vendorid,
    vendor_name,
    primary_contact_first_name: 'Jimmy',
    primary_contact_last_name: 'McNamara',
    primary_contact_email: 'jimmy@shop.example',
    phone: '4155550101',
    street: '332 Lake Ave.',
    city: 'Toronto',
    country: 'Canada',
    currency_code: 'CAD',
    updated_at: '2026-06-17 12:08:25',
    vis_state: 0,
    ...more,
  };
}

export function creditNote(id: number, more: Fields = {}): Fields {
  return {
    id,
    creditid: id,
    credit_number: `C${id}`,
    clientid: 17,
    current_organization: 'Lake Tools',
    create_date: '2026-06-05',
    currency_code: 'CAD',
    amount: money('22.60'),
    paid: money('0.00'),
    display_status: 'created',
    notes: 'Sorry',
    lines: [
      {
        name: 'Bowls',
        description: '',
        qty: '4',
        unit_cost: money('5.00'),
        amount: money('20.00'),
        taxName1: 'HST',
        taxAmount1: '13',
      },
    ],
    vis_state: 0,
    ...more,
  };
}

export function item(id: number, more: Fields = {}): Fields {
  return {
    id,
    itemid: id,
    name: 'Bowl',
    description: 'Of stone',
    sku: 'SQ1',
    inventory: null,
    qty: '1',
    unit_cost: money('15.00'),
    tax1: 0,
    tax2: 0,
    updated: '2026-06-13 10:45:20',
    vis_state: 0,
    ...more,
  };
}

export function service(id: number, name: string, more: Fields = {}): Fields {
  return { id, business_id: 7001, name, billable: true, vis_state: 0, ...more };
}

export function task(id: number, name: string, more: Fields = {}): Fields {
  return {
    id,
    taskid: id,
    name,
    tname: name,
    description: 'By the hour',
    tdesc: 'By the hour',
    rate: money('45.00'),
    tax1: 0,
    tax2: 0,
    updated: '2026-06-13 10:45:20',
    vis_state: 0,
    ...more,
  };
}

export function income(incomeid: number, more: Fields = {}): Fields {
  return {
    incomeid,
    amount: money('113.00'),
    category_name: 'online_sales',
    date: '2026-06-11',
    note: 'By post',
    payment_type: 'Visa',
    source: 'A shop',
    taxes: [{ name: 'HST', amount: '13' }],
    updated_at: '2026-06-11 06:53:22',
    vis_state: 0,
    ...more,
  };
}
