using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Features.Customers;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>Somebody whom a line may be: a lead, a customer, or a line of the same file before it.</summary>
/// <param name="LeadId">The lead, when it is one; its fields may be filled when <paramref name="IsInSight"/>.</param>
/// <param name="Names">Words of their names, folded and in order.</param>
/// <param name="Said">What whoever imports is told.</param>
sealed record KnownOne(Guid? LeadId, bool IsInSight, IReadOnlyCollection<string> Phones, IReadOnlyCollection<string> Emails, IReadOnlyCollection<string> Names, string Said)
{
    /// <summary>The same one, with what it is known by; of who is out of sight nothing is told.</summary>
    public KnownOne By(string what) => IsInSight ? this with { Said = $"{Said.TrimEnd('.')} · {what}." } : this;
}

/// <summary>
/// Tells which lines are about somebody who is here already: the same phone, the same e-mail, or the same name where neither contradicts. Near
/// names do not count, unlike in the dialog: nobody looks at each line, and a lead that is left out by mistake is lost. Looks at all leads,
/// and tells of those out of sight no more than that they are here.
/// </summary>
/// <param name="mostFound">How many entries of the search one question brings at most.</param>
sealed class IntakeKnown(CurrentActor actor, LeadForms forms, int mostFound = 5_000)
{
    private const int Together = 60;
    private const int MostWords = 8;
    private const int MostOfOneName = 200;
    private static readonly string[] Kinds = [ChangeKinds.Lead, LeadContact.SearchKind, ChangeKinds.Customer];

    private readonly Dictionary<string, List<KnownOne>> byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> inFile = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> looked = [];

    /// <summary>Looks up whom these lines may be.</summary>
    public async Task LookAsync(CrmDbContext db, IReadOnlyList<IntakeLine> lines, CancellationToken ct)
    {
        foreach (var some in lines.Where(l => l.IsGood).Chunk(Together))
        {
            // Apart, so that the many who share a name never stand before the one with this number.
            await AskAsync(db, some.SelectMany(l => new[] { Folding.Words(l.Edit.Email), Folding.Words(forms.E164(l.Edit.Phone)) }), ct);
            await AskAsync(db, some.SelectMany(NamesOf).Select(n => n.Split(' ').Take(MostWords).ToArray()), ct);
        }
    }

    /// <summary>Whom a line is, the surest first, or null for nobody that is here.</summary>
    public KnownOne? Find(IntakeLine line)
    {
        var (phone, email, names) = (forms.E164(line.Edit.Phone), Fold(line.Edit.Email), NamesOf(line));
        if (phone is not null && At(phone).FirstOrDefault(k => k.Phones.Contains(phone)) is { } sameNumber) return sameNumber.By("same phone");
        if (email is not null && At(email).FirstOrDefault(k => k.Emails.Contains(email)) is { } sameMail) return sameMail.By("same e-mail");
        return names.Where(TellsApart).SelectMany(At).FirstOrDefault(k => k.Names.Any(names.Contains) && !Contradicts(k.Phones, phone) && !Contradicts(k.Emails, email))?.By("same name");
    }

    /// <summary>A line that is here from now on, as those after it see it.</summary>
    public void Add(IntakeLine line, Guid? leadId)
    {
        var names = NamesOf(line);
        foreach (var name in names) inFile[name] = inFile.GetValueOrDefault(name) + 1;
        Keep(new KnownOne(leadId, true, forms.E164(line.Edit.Phone) is { } phone ? [phone] : [], Fold(line.Edit.Email) is { } email ? [email] : [], names, $"The same as line {line.Record.Line:N0}."));
    }

    private static bool Contradicts(IReadOnlyCollection<string> theirs, string? mine) => mine is not null && theirs.Count > 0 && !theirs.Contains(mine);

    private IEnumerable<KnownOne> At(string word) => byWord.TryGetValue(word, out var known) ? known : [];

    // A name that hundreds of other lines have says nothing of who a line is, and going through them all would take the dry run's time squared.
    private bool TellsApart(string name) => inFile.GetValueOrDefault(name) <= MostOfOneName;

    private async Task AskAsync(CrmDbContext db, IEnumerable<string[]> words, CancellationToken ct)
    {
        var phrases = words.Where(p => p.Length > 0).DistinctBy(p => string.Join(' ', p)).ToList();
        if (phrases.Count == 0 || await TakeAsync(db, phrases, ct) < mostFound || phrases.Count == 1) return;
        foreach (var phrase in phrases) await TakeAsync(db, [phrase], ct); // a common one has kept others out
    }

    private async Task<int> TakeAsync(CrmDbContext db, List<string[]> phrases, CancellationToken ct)
    {
        var found = await SearchIndex.AllOf(db, Kinds, phrases).OrderBy(e => e.Id).Take(mostFound).Select(e => new { e.Kind, Id = e.ParentId ?? e.EntityId }).ToListAsync(ct);
        await LeadsAsync(db, [.. found.Where(f => f.Kind != ChangeKinds.Customer).Select(f => f.Id).Distinct().Where(looked.Add)], ct);
        await CustomersAsync(db, [.. found.Where(f => f.Kind == ChangeKinds.Customer).Select(f => f.Id).Distinct().Where(looked.Add)], ct);
        return found.Count;
    }

    private async Task LeadsAsync(CrmDbContext db, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var rows = await db.Leads.AsNoTracking().Where(l => ids.Contains(l.Id)).OrderBy(l => l.Number)
            .Select(l => new { l.Id, l.Number, l.Name, l.Company, l.Phone, l.Email, l.OwnerId, People = l.Contacts.Select(c => new { c.Phone, c.Email }).ToList() }).ToListAsync(ct);
        foreach (var lead in rows)
        {
            var seen = actor.Sees(lead.OwnerId);
            Keep(new KnownOne(lead.Id, seen, [.. lead.People.Select(p => p.Phone).Append(lead.Phone).OfType<string>()], [.. lead.People.Select(p => Fold(p.Email)).Append(Fold(lead.Email)).OfType<string>()],
                [.. new[] { NameKey(lead.Name), NameKey(lead.Company) }.Where(n => n.Length > 0)], seen ? $"Already here: {lead.Name} (L-{lead.Number})." : "Already here."));
        }
    }

    private async Task CustomersAsync(CrmDbContext db, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var seen = actor.May(Permission.SeeCustomers);
        var rows = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Number).Select(c => new { c.Id, c.Number, c.FirstName, c.LastName, c.Phone, c.Email }).ToListAsync(ct);
        foreach (var one in rows)
        {
            var name = CustomerName.Of(one.FirstName, one.LastName, one.Phone, one.Email, one.Number);
            Keep(new KnownOne(null, seen, one.Phone is null ? [] : [one.Phone], Fold(one.Email) is { } email ? [email] : [], NameKey(name) is { Length: > 0 } key ? [key] : [],
                seen ? $"Already a customer: {name} ({CustomerName.Number(one.Number)})." : "Already here."));
        }
    }

    private void Keep(KnownOne one)
    {
        foreach (var word in one.Phones.Concat(one.Emails).Concat(one.Names).Distinct())
        {
            if (!byWord.TryGetValue(word, out var known)) byWord[word] = known = [];
            known.Add(one);
        }
    }

    private static string[] NamesOf(IntakeLine line) => [.. new[] { NameKey(line.Edit.Name), NameKey(line.Edit.Company) }.Where(n => n.Length > 0).Distinct()];

    private static string NameKey(string? name) => string.Join(' ', Folding.Words(name).Order(StringComparer.Ordinal));

    private static string? Fold(string? email) => email is null ? null : Folding.Fold(email.Trim());
}
