namespace Crm.Data.Seed;

/// <summary>Gives people the names of their families' countries, each full name once, and mail addresses that nobody owns.</summary>
sealed class SeedNames
{
    private static readonly string[] Hosts = ["example.com", "example.org", "example.net", "mail.example"];

    private readonly SeedDice dice = new(3);
    private readonly HashSet<string> names = [];
    private readonly HashSet<string> mails = [.. DemoPeople.All.Select(p => p.Email)];
    private readonly Dictionary<(string Origin, string Part), string[]> lists =
        SeedRows.Read("names.csv").ToDictionary(r => (r[0], r[1]), r => r[2].Split(','));

    public (string First, string Last) Next(string origin)
    {
        while (true)
        {
            var (first, last) = (dice.Pick(lists[(origin, dice.Chance(0.62) ? "women" : "men")]), dice.Pick(lists[(origin, "family")]));
            if (first != last && Keep(first, last)) return (first, last);
        }
    }

    /// <summary>Keeps a name for the person whose it is; false when it is given already.</summary>
    public bool Keep(string first, string last) => names.Add(Folding.Fold($"{first} {last}"));

    public string Mail(string first, string last)
    {
        var name = string.Join('.', new[] { first, last }.Select(part => string.Concat(Folding.Words(part))));
        while (true)
        {
            var mail = $"{name}{(dice.Chance(0.4) ? dice.Between(1, 99) : "")}@{dice.Pick(Hosts)}";
            if (mails.Add(mail)) return mail;
        }
    }
}
