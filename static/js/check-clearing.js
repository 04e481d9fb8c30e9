// Checks a circle's certificate without solving anything: what closes keeps every net and the bounds, the rings add up to
// it, and the potentials prove that nothing closes more. Every sum is added up again; only `rings_extra`, which has no proof,
// is held against its bounds alone. Every number is a BigInt.
// Numbers outside of texts become texts, so that no digit is lost.
export const read = (text) => JSON.parse(text.replace(/("(?:[^"\\]|\\.)*")|(-?\d+)/g, (_, words, digits) => words ?? `"${digits}"`));

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0n);
const least = (one, other) => (one < other ? one : other);
const step = (debtor, creditor) => `${debtor} ${creditor}`;

// The amounts of a member or an obligation as numbers.
const numbers = (one, names) => ({ ...one, ...Object.fromEntries(names.map((name) => [name, BigInt(one[name])])) });

// What each member is owed less what it owes, of one column.
function nets(members, obligations, column) {
  const found = new Map(members.map((member) => [member.name, 0n]));
  for (const one of obligations) {
    found.set(one.debtor, found.get(one.debtor) - one[column]);
    found.set(one.creditor, found.get(one.creditor) + one[column]);
  }
  return found;
}

// Every member once, with its net; every obligation once, between two of them; both clearings within bounds and keeping nets.
function stands(members, obligations) {
  const names = new Set(members.map((member) => member.name));
  const steps = new Set(obligations.map((one) => step(one.debtor, one.creditor)));
  if (names.size !== members.length || steps.size !== obligations.length) return false;
  const isOne = ({ debtor, creditor, amount }) => debtor !== creditor && names.has(debtor) && names.has(creditor) && amount > 0n;
  if (!obligations.every(isOne)) return false;
  const owed = nets(members, obligations, "amount");
  if (!members.every((member) => owed.get(member.name) === member.net)) return false;
  return ["cleared", "cleared_at_most"].every((column) =>
    obligations.every((one) => one[column] >= 0n && one[column] <= one.amount)
    && [...nets(members, obligations, column).values()].every((change) => change === 0n));
}

// The potentials prove that `cleared_at_most` is the most.
function isMost(members, obligations) {
  const potential = new Map(members.map((member) => [member.name, member.potential]));
  return obligations.every(({ debtor, creditor, amount, cleared_at_most: closed }) => {
    const fall = potential.get(debtor) - potential.get(creditor);
    return (closed === amount || fall >= 1n) && (closed === 0n || fall <= 1n);
  });
}

// Each ring closes something between members who are all different, and together they close what is cleared.
function ringsAddUp(rings, obligations) {
  const left = new Map(obligations.map((one) => [step(one.debtor, one.creditor), one.cleared]));
  for (const { members, amount } of rings) {
    if (amount <= 0n || members.length < 2 || new Set(members).size !== members.length) return false;
    for (const [at, debtor] of members.entries()) {
      const taken = step(debtor, members[(at + 1) % members.length]);
      if (!left.has(taken)) return false;
      left.set(taken, left.get(taken) - amount);
    }
  }
  return [...left.values()].every((value) => value === 0n);
}

function sumsAreRight(certificate, members, obligations) {
  const amounts = new Map(obligations.map((one) => [step(one.debtor, one.creditor), one.amount]));
  // Both directions of a pair meet here, so that each counts its part of 2 · min.
  const pairs = sum(obligations, (one) => least(one.amount, amounts.get(step(one.creditor, one.debtor)) ?? 0n));
  const total = sum(obligations, (one) => one.amount);
  const cleared = sum(obligations, (one) => one.cleared);
  const most = sum(obligations, (one) => one.cleared_at_most);
  const nid = sum(members, (member) => (member.net > 0n ? member.net : 0n));
  const found = { total, cleared, most, nid, pairs, residual_total: total - cleared, chain_slack: total - most - nid };
  const { rings_extra: more } = numbers(certificate, ["rings_extra"]);
  return Object.entries(found).every(([name, value]) => BigInt(certificate[name]) === value)
    && more >= 0n && more <= most - pairs
    && (BigInt(certificate.ring_length) !== 0n || cleared === most);
}

export function holds(certificate) {
  const members = certificate.members.map((member) => numbers(member, ["net", "potential"]));
  const obligations = certificate.obligations.map((one) => numbers(one, ["amount", "cleared", "cleared_at_most"]));
  const rings = certificate.rings.map((ring) => numbers(ring, ["amount"]));
  return stands(members, obligations) && isMost(members, obligations) && ringsAddUp(rings, obligations)
    && sumsAreRight(certificate, members, obligations);
}

async function check(button, outcome) {
  const { document: address, wait, right, wrong, unread } = button.dataset;
  outcome.textContent = wait;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    outcome.textContent = holds(read(await answer.text())) ? right : wrong;
  } catch {
    outcome.textContent = unread;
  }
}

function offer() {
  const button = document.getElementById("check-clearing");
  if (!button?.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => check(button, document.getElementById("check-clearing-outcome")));
}

offer();
document.addEventListener("kularing:replaced", offer);
