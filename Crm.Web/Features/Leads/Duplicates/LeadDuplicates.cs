using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Features.Customers;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Duplicates;

/// <summary>A lead or customer that somebody who is about to be added may be already.</summary>
/// <param name="Why">What they share: "same phone".</param>
public sealed record Duplicate(string Kind, Guid Id, string Name, string Line, string Why)
{
    public bool IsLead => Kind == ChangeKinds.Lead;
    public string Address => IsLead ? $"/leads/{Id}" : $"/customers/{Id}";
}

/// <summary>Proposes whom a new lead may be already: the same phone, the same e-mail, or nearly the same name. Only what whoever asks may see.</summary>
public sealed class LeadDuplicates(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, LeadForms forms)
{
    private const int Most = 5;
    private const int Looked = 20;

    /// <summary>At most five, the surest first.</summary>
    /// <param name="leadId">The lead itself, when it exists already.</param>
    public async Task<Result<IReadOnlyList<Duplicate>>> FindAsync(LeadEdit edit, Guid? leadId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var (phone, email, name) = (forms.E164(edit.Phone), FormJoin.Text(edit.Email), FormJoin.Text(edit.Name));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (leads, customers) = (new HashSet<Guid>(), new HashSet<Guid>());
        string[] kinds = actor.May(Permission.SeeCustomers) ? [ChangeKinds.Lead, LeadContact.SearchKind, ChangeKinds.Customer] : [ChangeKinds.Lead, LeadContact.SearchKind];
        foreach (var text in new[] { phone, email, name, FormJoin.Text(edit.Company) }.OfType<string>())
            foreach (var hit in await SearchIndex.FindAsync(db, text, kinds, Looked, entries => entries.SeenBy(db, actor), ct))
                (hit.Kind == ChangeKinds.Customer ? customers : leads).Add(hit.ParentId ?? hit.Id);

        var wanted = new Wanted(phone, email, [.. new[] { name, FormJoin.Text(edit.Company) }.OfType<string>().Select(Folding.Fold)]);
        var found = await LeadsAsync(db, [.. leads.Where(l => l != leadId)], wanted, ct);
        found.AddRange(await CustomersAsync(db, customers, wanted, ct));
        return Result.Of<IReadOnlyList<Duplicate>>([.. found.OrderBy(d => d.Why == SameName).ThenBy(d => d.Name, StringComparer.Ordinal).Take(Most)]);
    }

    private const string SameName = "similar name";

    private async Task<List<Duplicate>> LeadsAsync(CrmDbContext db, List<Guid> ids, Wanted wanted, CancellationToken ct)
    {
        var rows = await db.Leads.AsNoTracking().SeenBy(actor).Where(l => ids.Contains(l.Id))
            .Select(l => new { l.Id, l.Number, l.Name, l.Company, l.City, l.Status, l.Phone, l.Email, People = l.Contacts.Select(c => new { c.Phone, c.Email, c.Name }).ToList() }).ToListAsync(ct);
        return [.. from l in rows
                   let why = wanted.Why(l.People.Select(p => p.Phone).Append(l.Phone), l.People.Select(p => p.Email).Append(l.Email), [l.Name, l.Company])
                   where why is not null
                   select new Duplicate(ChangeKinds.Lead, l.Id, l.Name, string.Join(" · ", new[] { $"Lead L-{l.Number}", LeadWords.Of(l.Status), l.City }.OfType<string>()), why)];
    }

    private static async Task<List<Duplicate>> CustomersAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, Wanted wanted, CancellationToken ct)
    {
        var rows = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Number, c.FirstName, c.LastName, c.Phone, c.Email, c.City }).ToListAsync(ct);
        return [.. from c in rows
                   let name = CustomerName.Of(c.FirstName, c.LastName, c.Phone, c.Email, c.Number)
                   let why = wanted.Why([c.Phone], [c.Email], [name])
                   where why is not null
                   select new Duplicate(ChangeKinds.Customer, c.Id, name, string.Join(" · ", new[] { $"Customer {CustomerName.Number(c.Number)}", c.City }.OfType<string>()), why)];
    }

    /// <summary>What is compared with.</summary>
    /// <param name="Names">Folded.</param>
    private sealed record Wanted(string? Phone, string? Email, IReadOnlyList<string> Names)
    {
        public string? Why(IEnumerable<string?> phones, IEnumerable<string?> emails, IEnumerable<string?> names)
        {
            if (Phone is not null && phones.Contains(Phone)) return "same phone";
            if (Email is not null && emails.Contains(Email, StringComparer.OrdinalIgnoreCase)) return "same e-mail";
            return names.OfType<string>().Select(Folding.Fold).Any(n => Names.Any(mine => IsNear(mine, n))) ? SameName : null;
        }

        // The same words in any order, or a slip of the finger or two in a name that is long enough for it.
        private static bool IsNear(string a, string b)
        {
            if (a.Length > Lead.NameLength || b.Length > Lead.NameLength) return false;
            if (Folding.Words(a).Order(StringComparer.Ordinal).SequenceEqual(Folding.Words(b).Order(StringComparer.Ordinal))) return true;
            return Math.Abs(a.Length - b.Length) <= 2 && EditDistance.Between(a, b) <= (Math.Min(a.Length, b.Length) < 6 ? 0 : Math.Min(a.Length, b.Length) < 10 ? 1 : 2);
        }
    }
}
