using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Which stage people mean who name it in words of their own.</summary>
static class StageNames
{
    public const string Lead = "Lead";
    public const string Qualified = "Qualified";
    public const string Proposal = "Proposal";
    public const string Negotiation = "Negotiation";
    public const string Won = "Won";
    public const string Lost = "Lost";

    // Words as Folding.Words gives them, joined by a blank.
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["new"] = Lead, ["open"] = Lead, ["prospect"] = Lead, ["prospecting"] = Lead, ["leads"] = Lead,
        ["qualification"] = Qualified, ["qualifying"] = Qualified, ["discovery"] = Qualified, ["needs analysis"] = Qualified, ["qualified lead"] = Qualified,
        ["quote"] = Proposal, ["quotation"] = Proposal, ["offer"] = Proposal, ["proposal sent"] = Proposal, ["proposal price quote"] = Proposal, ["value proposition"] = Proposal,
        ["negotiating"] = Negotiation, ["negotiation review"] = Negotiation, ["in negotiation"] = Negotiation, ["contract sent"] = Negotiation,
        ["closed"] = Won, ["closed won"] = Won, ["closedwon"] = Won, ["win"] = Won, ["converted"] = Won,
        ["closed lost"] = Lost, ["closedlost"] = Lost, ["dead"] = Lost, ["abandoned"] = Lost,
    };

    /// <summary>The stage of that name, else of a usual word for it, else the first open one.</summary>
    /// <param name="stages">In their order; at least one of them is open.</param>
    public static OpportunityStage Meant(IReadOnlyList<OpportunityStage> stages, string words)
    {
        var said = Plain(words);
        if (stages.FirstOrDefault(s => Plain(s.Name) == said) is { } named) return named;
        var usual = Synonyms.GetValueOrDefault(said) ?? (said == Plain(Won) ? Won : said == Plain(Lost) ? Lost : null);
        return stages.FirstOrDefault(s => usual is not null && Plain(s.Name) == Plain(usual))
            ?? stages.FirstOrDefault(s => usual is Won && s.Outcome is DealOutcome.Won)
            ?? stages.FirstOrDefault(s => usual is Lost && s.Outcome is DealOutcome.Lost)
            ?? stages.FirstOrDefault(s => s.Outcome is DealOutcome.Open) ?? stages[0];
    }

    private static string Plain(string words) => string.Join(' ', Folding.Words(words));
}
