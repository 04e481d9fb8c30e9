// Run by certificate.rs in the page of a circle's rings: answers pairs of what was changed and whether it was believed.
const [address, done] = arguments;

const add = (object, name, change) => { object[name] = String(BigInt(object[name]) + BigInt(change)); };
const ringOf = (certificate, wanted) => certificate.rings.find(wanted) ?? (() => { throw new Error("the demo has no such ring"); })();
const copy = (list, at = 0) => list.push({ ...list[at] });

// A ring more that closes nothing by itself: what the one takes, the other gives back.
function opposed(certificate, amount) {
  const ring = ringOf(certificate, () => true);
  certificate.rings.push({ ...ring, amount: String(-amount) });
  add(ring, "amount", amount);
}

// A ring goes twice through each of its members, for half as much.
function doubled(certificate) {
  const ring = ringOf(certificate, ({ amount }) => BigInt(amount) % 2n === 0n);
  ring.members = [...ring.members, ...ring.members];
  ring.amount = String(BigInt(ring.amount) / 2n);
}

const halve = (list, names) => {
  const one = list[0];
  const rest = { ...one };
  for (const name of names) {
    const half = BigInt(one[name]) / 2n;
    rest[name] = String(BigInt(one[name]) - half);
    one[name] = String(half);
  }
  list.push(rest);
};

const CHANGES = {
  "as it is": () => {},
  "as it is, all potentials raised": ({ members }) => members.forEach((member) => add(member, "potential", 5)),
  "a ring of 0": ({ rings }) => rings.push({ ...rings[0], amount: "0" }),
  "a ring below 0": (certificate) => opposed(certificate, 1),
  "a ring that repeats its members": doubled,
  "a ring of one": ({ rings }) => rings.push({ members: [rings[0].members[0]], amount: "1" }),
  "a ring of nobody": ({ rings }) => rings.push({ members: [], amount: "1" }),
  "a ring twice": ({ rings }) => copy(rings),
  "a ring left out": ({ rings }) => rings.pop(),
  "a ring of others": ({ rings }) => { rings[0].members = ["biz_a", "biz_b"]; },
  "a ring's amount": ({ rings }) => add(rings[0], "amount", 1),
  "an obligation twice": ({ obligations }) => copy(obligations),
  "an obligation in two halves": ({ obligations }) => halve(obligations, ["amount", "cleared", "cleared_at_most"]),
  "an obligation left out": ({ obligations }) => obligations.pop(),
  "an obligation to oneself": ({ obligations }) => { obligations[0].creditor = obligations[0].debtor; },
  "an obligation of a stranger": ({ obligations }) => { obligations[0].debtor = "biz_stranger"; },
  "an obligation's amount": ({ obligations }) => add(obligations[0], "amount", 1),
  "an obligation of 0": ({ obligations, members }) =>
    obligations.push({ debtor: members[0].name, creditor: members[0].name, amount: "0", cleared: "0", cleared_at_most: "0" }),
  "what closes": ({ obligations }) => add(obligations[0], "cleared", 1),
  "what closes at most": ({ obligations }) => add(obligations[0], "cleared_at_most", 1),
  "a member twice": ({ members }) => copy(members),
  "a member left out": ({ members }) => members.pop(),
  "a member's net": ({ members }) => add(members[0], "net", 1),
  "all potentials the same": ({ members }) => members.forEach((member) => { member.potential = "0"; }),
};

for (const name of ["total", "cleared", "most", "residual_total", "nid", "pairs", "chain_slack"]) {
  for (const change of [1, -1]) CHANGES[`${name} ${change}`] = (certificate) => add(certificate, name, change);
}
CHANGES["rings_extra beyond its bound"] = (certificate) => { certificate.rings_extra = certificate.total; };
CHANGES["rings_extra below 0"] = (certificate) => { certificate.rings_extra = "-1"; };
// What all columns agree on is still not the most: nothing is said to close.
CHANGES["nothing closes at all"] = (certificate) => {
  certificate.obligations.forEach((one) => { one.cleared = one.cleared_at_most = "0"; });
  const { total, nid } = certificate;
  Object.assign(certificate, { rings: [], cleared: "0", most: "0", residual_total: total, rings_extra: "0", chain_slack: String(BigInt(total) - BigInt(nid)) });
};

const judge = async () => {
  const { holds, read } = await import(new URL("/static/js/check-clearing.js", location.href).href);
  const text = await (await fetch(address)).text();
  return Object.entries(CHANGES).map(([what, change]) => {
    const certificate = read(text);
    change(certificate);
    return [what, holds(certificate)];
  });
};

judge().then(done, (error) => done([["as it is", String(error)]]));
