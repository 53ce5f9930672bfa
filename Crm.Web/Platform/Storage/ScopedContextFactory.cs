using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Storage;

/// <summary>Opens a context in the name of whoever acts in this scope.</summary>
sealed class ScopedContextFactory(CrmDatabase database, CurrentActor actor) : IDbContextFactory<CrmDbContext>
{
    public CrmDbContext CreateDbContext() => database.Open(actor.ForAudit);
}
