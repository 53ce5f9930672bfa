using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Interactions;

/// <summary>What somebody says of a call, meeting or visit; null leaves it as it is.</summary>
public sealed class InteractionEdit
{
    /// <summary>In their own words: Call, Meeting, Email.</summary>
    public string? Kind { get; set; }
    public string? Notes { get; set; }

    /// <summary>Empty for nothing.</summary>
    public string? NextAction { get; set; }

    /// <summary>UTC; a new one without it happened now.</summary>
    public DateTime? At { get; set; }
}

/// <summary>The interaction is gone, or was never theirs to see.</summary>
public sealed record InteractionNotFound() : NotFoundError("This interaction is gone. Somebody may have deleted it.");

/// <summary>Somebody else saved it at the same moment; nothing was done.</summary>
public sealed record InteractionBusy() : ConflictError("Somebody else is changing this interaction right now. Try again in a moment.");

/// <summary>Logs how the shop and a customer met or spoke. Staff who edit customers, every method; the customer reads it.</summary>
public sealed class InteractionService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>Logs one.</summary>
    /// <returns>The id, or <see cref="CustomerNotFound"/> or every field's complaint.</returns>
    public async Task<Result<Guid>> AddAsync(Guid customerId, InteractionEdit edit, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        var interaction = new Interaction { CustomerId = customerId, LoggedById = actor.UserId, CreatedAt = shop.Now };
        if (Write(interaction, edit) is { } complaint) return complaint;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Customers.AnyAsync(c => c.Id == customerId, ct)) return new CustomerNotFound();
        db.Interactions.Add(interaction);
        await db.SaveChangesAsync(ct);
        return interaction.Id;
    }

    /// <summary>Changes what is given; who logged it stays.</summary>
    /// <returns>Done, or <see cref="InteractionNotFound"/>, <see cref="InteractionBusy"/>, every field's complaint.</returns>
    public Task<Result<Done>> ChangeAsync(Guid interactionId, InteractionEdit edit, CancellationToken ct) => OnAsync(interactionId, (_, interaction) => Write(interaction, edit), ct);

    /// <summary>Takes it away; the audit trail keeps what it said.</summary>
    public Task<Result<Done>> RemoveAsync(Guid interactionId, CancellationToken ct) => OnAsync(interactionId, (db, interaction) =>
    {
        db.Interactions.Remove(interaction);
        return null;
    }, ct);

    private async Task<Result<Done>> OnAsync(Guid interactionId, Func<CrmDbContext, Interaction, Error?> work, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Interactions.SingleOrDefaultAsync(i => i.Id == interactionId, ct) is not { } interaction) return new InteractionNotFound();
        if (work(db, interaction) is { } complaint) return complaint;
        try
        {
            await db.SaveChangesAsync(ct);
            return default(Done);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new InteractionBusy();
        }
    }

    private Error? Write(Interaction interaction, InteractionEdit edit)
    {
        var (kind, notes, next, at) = (edit.Kind ?? interaction.Kind, edit.Notes ?? interaction.Notes, edit.NextAction ?? interaction.NextAction, edit.At ?? (interaction.HappenedAt == default ? shop.Now : interaction.HappenedAt));
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Kind), kind, "Say what it was: a call, a meeting, a visit.");
        complaints.Within(nameof(edit.Kind), kind, Interaction.KindLength);
        complaints.Within(nameof(edit.Notes), notes, Interaction.NotesLength);
        complaints.Within(nameof(edit.NextAction), next, Interaction.NextActionLength);
        if (at > shop.Now) complaints.Add(nameof(edit.At), "This is still to come.");
        if (complaints.Error is { } complaint) return complaint;
        interaction.Describe(kind, notes, next, at, shop.Now);
        return null;
    }
}
