namespace Crm.Data.Seed;

/// <summary>Sentences that people of the shop write down.</summary>
static class SeedTexts
{
    private static readonly ILookup<string, string> All = SeedRows.Read("texts.csv").ToLookup(r => r[0], r => r[1]);

    public static string[] Of(string kind) => [.. All[kind]];
}
