namespace Crm.Web.Platform.Undo;

/// <summary>Registers taking changes back; each room adds a rule for each kind of its rows that can be.</summary>
public static class UndoFeature
{
    public static IServiceCollection AddUndo(this IServiceCollection services) => services
        .AddScoped<UndoRules>()
        .AddScoped<UndoWork>()
        .AddScoped<UndoService>()
        .AddScoped<RecentChanges>();
}
