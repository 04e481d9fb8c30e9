// Checks a circle's certificate without solving anything: what closes keeps every net and the bounds, the rings add up to
// it, and the potentials prove that nothing closes more. Every number is a BigInt.
// Numbers outside of texts become texts, so that no digit is lost.
const read = (text) => JSON.parse(text.replace(/("(?:[^"\\]|\\.)*")|(-?\d+)/g, (_, words, digits) => words ?? `"${digits}"`));

const sum = (list, of) => list.reduce((total, one) => total + BigInt(of(one)), 0n);

export function holds(certificate) {
  const { members, obligations, rings } = certificate;
  const potential = new Map(members.map((member) => [member.name, BigInt(member.potential)]));
  for (const field of ["cleared", "cleared_at_most"]) {
    const change = new Map(members.map((member) => [member.name, 0n]));
    for (const { debtor, creditor, amount, [field]: closed } of obligations) {
      if (BigInt(closed) < 0n || BigInt(closed) > BigInt(amount) || !change.has(debtor) || !change.has(creditor)) return false;
      change.set(debtor, change.get(debtor) + BigInt(closed));
      change.set(creditor, change.get(creditor) - BigInt(closed));
    }
    if ([...change.values()].some((value) => value !== 0n)) return false;
  }
  for (const { debtor, creditor, amount, cleared_at_most: closed } of obligations) {
    const fall = potential.get(debtor) - potential.get(creditor);
    if ((BigInt(closed) < BigInt(amount) && fall < 1n) || (BigInt(closed) > 0n && fall > 1n)) return false;
  }
  const left = new Map(obligations.map((one) => [`${one.debtor} ${one.creditor}`, BigInt(one.cleared)]));
  for (const ring of rings) {
    ring.members.forEach((debtor, at) => {
      const step = `${debtor} ${ring.members[(at + 1) % ring.members.length]}`;
      left.set(step, (left.get(step) ?? -1n) - BigInt(ring.amount));
    });
  }
  return [...left.values()].every((value) => value === 0n)
    && sum(obligations, (one) => one.amount) === BigInt(certificate.total)
    && sum(obligations, (one) => one.cleared) === BigInt(certificate.cleared)
    && sum(obligations, (one) => one.cleared_at_most) === BigInt(certificate.most);
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
