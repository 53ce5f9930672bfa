using System.Data;
using Crm.Data.Accounts;
using Crm.Data.Audit;
using Crm.Data.Bulk;
using Crm.Data.Catalogue;
using Crm.Data.Customers;
using Crm.Data.Exchange;
using Crm.Data.Files;
using Crm.Data.Leads;
using Crm.Data.Limits;
using Crm.Data.Live;
using Crm.Data.Loyalty;
using Crm.Data.Messaging;
using Crm.Data.Orders;
using Crm.Data.Outbox;
using Crm.Data.Payments;
using Crm.Data.Search;
using Crm.Data.Settings;
using Crm.Data.Storage;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>
/// The shop's data, on either database. A save is one transaction that also writes the audit trail and the search index,
/// counts row versions up, and afterwards tells live screens what changed.
/// </summary>
public abstract class CrmDbContext(DbContextOptions options, CrmDatabase database, Actor actor)
    : IdentityDbContext<User, Role, Guid>(options)
{
    private readonly HashSet<ChangeTopic> changed = [];
    private readonly List<BulkRows> bulk = [];
    private readonly List<OutboxMessage> posted = [];
    private readonly List<Notice> told = [];
    private int points;

    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<CustomerAddress> CustomerAddresses => Set<CustomerAddress>();
    public DbSet<CustomerDiet> CustomerDiets => Set<CustomerDiet>();
    public DbSet<CustomerFavourite> CustomerFavourites => Set<CustomerFavourite>();
    public DbSet<CustomerNote> CustomerNotes => Set<CustomerNote>();
    public DbSet<ConsentReceipt> ConsentReceipts => Set<ConsentReceipt>();
    public DbSet<Interaction> Interactions => Set<Interaction>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<LeadContact> LeadContacts => Set<LeadContact>();
    public DbSet<LeadNote> LeadNotes => Set<LeadNote>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<Correspondence> Correspondence => Set<Correspondence>();
    public DbSet<CorrespondenceFile> CorrespondenceFiles => Set<CorrespondenceFile>();
    public DbSet<LeadTag> LeadTags => Set<LeadTag>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<OpportunityStage> OpportunityStages => Set<OpportunityStage>();
    public DbSet<Opportunity> Opportunities => Set<Opportunity>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<ProductLocalName> ProductLocalNames => Set<ProductLocalName>();
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<OrderStatusChange> OrderStatusChanges => Set<OrderStatusChange>();
    public DbSet<OrderReturn> Returns => Set<OrderReturn>();
    public DbSet<ReturnLine> ReturnLines => Set<ReturnLine>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<LoyaltyEntry> LoyaltyEntries => Set<LoyaltyEntry>();
    public DbSet<LoyaltyTier> LoyaltyTiers => Set<LoyaltyTier>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<OneTimeToken> OneTimeTokens => Set<OneTimeToken>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<KnownDevice> KnownDevices => Set<KnownDevice>();
    public DbSet<RolePermission> RolePermissions => Set<RolePermission>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<FirstView> FirstViews => Set<FirstView>();
    public DbSet<StoredFile> StoredFiles => Set<StoredFile>();
    public DbSet<FileBody> FileBodies => Set<FileBody>();
    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();
    public DbSet<RateCounter> RateCounters => Set<RateCounter>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<Setting> Settings => Set<Setting>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<NumberCounter> NumberCounters => Set<NumberCounter>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();

    public DatabaseKind Kind => database.Kind;

    /// <summary>Who the audit trail names.</summary>
    public Actor Actor { get; } = actor;

    /// <summary>
    /// Set for a mass write (an import, the seed): the trail gets one row with this text and counts instead of one row per record.
    /// </summary>
    public string? MassWrite { get; set; }

    /// <summary>Set for a bulk run: all its saves are one change of the trail, that can be undone as one.</summary>
    public Guid? ChangeId { get; set; }

    /// <summary>Set while a change is taken back: the trail names it.</summary>
    public Guid? UndoOf { get; set; }

    /// <summary>Opens the one transaction of a use case that needs more than a single save.</summary>
    public async Task<WriteScope> BeginWriteAsync(CancellationToken ct)
    {
        if (database.WriteGate is { } gate) await gate.WaitAsync(ct);
        try
        {
            return new WriteScope(this, await Database.BeginTransactionAsync(ct), database.WriteGate);
        }
        catch
        {
            database.WriteGate?.Release();
            throw;
        }
    }

    /// <summary>Everything read until this is disposed of is as it stood at one moment, in however many statements; writers are not held up.</summary>
    public async Task<IAsyncDisposable> BeginReadAsync(CancellationToken ct) => await Database.BeginTransactionAsync(
        Kind is DatabaseKind.Postgres ? IsolationLevel.RepeatableRead : IsolationLevel.ReadUncommitted, ct); // on SQLite this name alone gives a deferred transaction, which is a snapshot

    /// <summary>The next short number of a kind; gaps are allowed, repeats are not, on any number of nodes.</summary>
    public abstract Task<long> NextNumberAsync(NumberKind kind, CancellationToken ct);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Database.CurrentTransaction is not null) return await SaveInTransactionAsync(acceptAllChangesOnSuccess, cancellationToken);
        ChangeTracker.DetectChanges();
        if (!ChangeTracker.HasChanges() && bulk.Count == 0 && posted.Count == 0 && told.Count == 0) return 0;

        await using var write = await BeginWriteAsync(cancellationToken);
        var rows = await SaveInTransactionAsync(acceptAllChangesOnSuccess, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return rows;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving is asynchronous here: call SaveChangesAsync.");

    /// <summary>
    /// Adds many new rows of a mass write that the next save inserts past the change tracker: parts that nobody searches, such
    /// as order lines and payments. The audit trail counts them, and live screens are told their kinds.
    /// </summary>
    public void AddInBulk<T>(IReadOnlyCollection<T> rows) where T : Entity
    {
        if (MassWrite is null || rows.Any(r => r is ISearchable)) throw new InvalidOperationException("Only rows of a mass write that search does not find go in bulk.");
        foreach (var kind in rows.OfType<ILive>().Select(r => r.Topic.Kind).Distinct()) MarkChanged(kind);
        if (rows.Count > 0) bulk.Add(new BulkRows(typeof(T), rows));
    }

    internal IReadOnlyCollection<BulkRows> Bulk => bulk;

    /// <summary>Adds a message that the next save writes, in its transaction, unless its key was posted before.</summary>
    public void Post(OutboxMessage message) => posted.Add(message);

    /// <summary>Adds a notice that the next save writes, in its transaction, unless its key was told before.</summary>
    public void Tell(Notice notice) => told.Add(notice);

    /// <summary>Tells live screens of rows that a mass statement changed past the change tracker.</summary>
    public void MarkChanged(string kind) => MarkChanged(kind, Guid.Empty);

    /// <summary>The same for one row.</summary>
    public void MarkChanged(string kind, Guid id) => changed.Add(new ChangeTopic(kind, id));

    /// <summary>
    /// Leaves a line in the audit trail, saved with the next save, for a deed that no audited row tells of: a new password, a passkey
    /// that was removed.
    /// </summary>
    /// <param name="deed">In the past tense, as the trail's readers read it.</param>
    public void Note<T>(Guid id, string deed) => AuditTrail.Note(this, database.Clock.GetUtcNow().UtcDateTime, typeof(T).Name, id, deed);

    /// <summary>A point in the write under way that <see cref="ReturnAsync"/> goes back to.</summary>
    public async Task<WritePoint> MarkPointAsync(CancellationToken ct)
    {
        var point = new WritePoint($"point_{++points}", [.. changed]);
        await Database.CurrentTransaction!.CreateSavepointAsync(point.Name, ct);
        return point;
    }

    /// <summary>Takes back everything that was saved, or waited to be, since the point: no screen hears of it.</summary>
    public async Task ReturnAsync(WritePoint point, CancellationToken ct)
    {
        await Database.CurrentTransaction!.RollbackToSavepointAsync(point.Name, ct);
        ChangeTracker.Clear();
        bulk.Clear();
        posted.Clear();
        told.Clear();
        changed.Clear();
        changed.UnionWith(point.Changed);
    }

    internal async Task NotifyAsync(CancellationToken ct)
    {
        if (Kind is not DatabaseKind.Postgres || changed.Count == 0) return;
        var payload = ChangeWire.Write(changed);
        await Database.ExecuteSqlAsync($"SELECT pg_notify({ChangeWire.Channel}, {payload})", ct);
    }

    internal void PublishCommitted()
    {
        if (changed.Count == 0) return;
        var topics = ChangeWire.Shorten([.. changed]);
        if (Kind is DatabaseKind.Sqlite) database.Changes.Publish(topics);
        else database.Changes.Forget(topics); // the news comes round by NOTIFY, but whoever wrote reads what they wrote
        changed.Clear();
    }

    private async Task<int> SaveInTransactionAsync(bool accept, CancellationToken ct)
    {
        ChangeTracker.DetectChanges();
        CleanTexts();
        await SignInPhones.FollowAsync(this, ct);
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
            if (entry.State is EntityState.Modified) entry.Property(e => e.Version).CurrentValue++; // told to the tracker: nobody looks again
        foreach (var entry in ChangeTracker.Entries<ILive>())
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                changed.Add(MassWrite is null ? entry.Entity.Topic : new ChangeTopic(entry.Entity.Topic.Kind, Guid.Empty));
        AuditTrail.Write(this, database.Clock.GetUtcNow().UtcDateTime);
        await SearchIndexing.FollowAsync(this, ct);
        if (!ChangeTracker.AutoDetectChangesEnabled) ChangeTracker.DetectChanges(); // the index's own rows
        var rows = await base.SaveChangesAsync(accept, ct);
        foreach (var many in bulk) await many.WriteAsync(this, ct);
        bulk.Clear();
        foreach (var message in posted)
            if (await OutboxInsert.RunAsync(this, message, ct)) changed.Add(message.Topic);
        posted.Clear();
        foreach (var notice in told)
            if (await NoticeInsert.RunAsync(this, notice, ct)) changed.Add(notice.Topic);
        told.Clear();
        return rows;
    }

    private void CleanTexts()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified))
            foreach (var property in entry.Metadata.GetProperties().Where(p => p.ClrType == typeof(string) && !p.IsKey()))
                if (entry.CurrentValues[property] is string text && !CleanText.IsClean(text)) entry.CurrentValues[property] = CleanText.Of(text);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcOffset>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDbContext).Assembly);
        builder.Entity<Role>().ToTable("Roles");
        foreach (var type in builder.Model.GetEntityTypes())
        {
            if (type.GetTableName() is { } table && table.StartsWith("AspNet", StringComparison.Ordinal)) type.SetTableName(table["AspNet".Length..]);
            if (typeof(IVersioned).IsAssignableFrom(type.ClrType)) builder.Entity(type.ClrType).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
            if (typeof(ILive).IsAssignableFrom(type.ClrType)) builder.Entity(type.ClrType).Ignore(nameof(ILive.Topic));
            if (typeof(Entity).IsAssignableFrom(type.ClrType)) builder.Entity(type.ClrType).Property(nameof(Entity.Id)).ValueGeneratedNever();
        }
    }
}
