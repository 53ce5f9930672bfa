using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;

namespace Crm.Web;

/// <summary>Every room of the house, registered.</summary>
public static class CrmServices
{
    public static IServiceCollection AddCrm(this IServiceCollection services) => services
        .AddAccess()
        .AddLive()
        .AddSettings();
}
