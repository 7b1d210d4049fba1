// Roles in families: colour tells the family, shape the role within it.

const families = ["attention", "MLP", "embedding", "convolution", "other"] as const;
export type Family = (typeof families)[number];

export function familyOf(role: string): Family {
  if (role.startsWith("attention")) return "attention";
  if (role.startsWith("mlp") || role === "router") return "MLP";
  if (role.endsWith("embedding")) return "embedding";
  return role === "convolution" ? "convolution" : "other";
}

export const familyColors: Record<Family, string> = {
  attention: "var(--attention)",
  MLP: "var(--mlp)",
  embedding: "var(--embedding)",
  convolution: "var(--convolution)",
  other: "var(--other)",
};

const symbols = ["circle", "square2", "triangle2", "diamond2", "star", "cross", "times"] as const;
export type RoleSymbol = (typeof symbols)[number];

/** A shape for each role, the first of its family a circle. */
export function roleSymbols(roles: string[]): Map<string, RoleSymbol> {
  const used = new Map<Family, number>();
  const shapes = new Map<string, RoleSymbol>();
  for (const role of roles) {
    const place = used.get(familyOf(role)) ?? 0;
    shapes.set(role, symbols[place % symbols.length]!);
    used.set(familyOf(role), place + 1);
  }
  return shapes;
}

export const roleText = (role: string): string => role.replaceAll("_", " ");
