using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Registers and maps what programs may ask of leads, in the dialects of two earlier systems.</summary>
static class LeadsApi
{
    public static IServiceCollection AddLeadsApi(this IServiceCollection services) => services
        .AddScoped<LeadReader>()
        .AddScoped<LeadLists>()
        .AddScoped<ContactLists>()
        .AddScoped<LeadNoteLists>()
        .AddScoped<ReminderLists>()
        .AddScoped<TalkLists>()
        .AddScoped<LeadCustomer>()
        .AddScoped<LeadWriting>()
        .AddScoped<LeadFile>()
        .AddScoped<AuditLogs>()
        .AddSingleton<StatsMemory>().AddScoped<LeadStats>();

    public static void MapLeadsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapLeadResource();
        routes.MapContactResource();
        routes.MapNoteResource();
        routes.MapReminderResource();
        routes.MapCorrespondenceResource();
        routes.MapAuditLogs();
        routes.MapStats();
        routes.MapOpportunityResource();
    }

    /// <summary>The people on some rows, and the rows with them.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, ApiUser>> PeopleAsync<T>(this ApiPeople people, IEnumerable<T> rows, Func<T, Guid?> id, CancellationToken ct) =>
        await people.OfAsync(rows.Select(id), ct);

    /// <summary>Refuses a filter by somebody who does not exist.</summary>
    internal static async Task CheckPersonAsync(this ApiFilters filters, string name, ApiPeople people, CancellationToken ct)
    {
        if (filters.Key(name) is { } id && await people.FindAsync(id, ct) is null) filters.Refuse(name);
    }

    /// <summary>Complains of somebody who does not exist.</summary>
    internal static async Task<Guid?> PersonAsync(this FieldReader fields, string name, ApiPeople people, CancellationToken ct)
    {
        if (fields.OptionalKey(name) is not { } id) return null;
        if (await people.FindAsync(id, ct) is null) fields.NoSuch(name, id.ToString());
        return id;
    }
}
