using Crm.Web.Features.Messaging.Mails;

namespace Crm.Web.Features.Messaging;

/// <summary>Registers what the shop tells people: mail.</summary>
public static class MessagingFeature
{
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<Mailer>();
        return services;
    }
}
