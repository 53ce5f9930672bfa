using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Web;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Messaging;

/// <summary>Registers what the shop tells people: mails, and staff's notices.</summary>
public static class MessagingFeature
{
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddSettings<MailOptions>("Mail");
        services.AddSettings<PublicAddressOptions>("Web");
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<Mailer>().AddSingleton<MailTemplates>().AddSingleton<MailValues>().AddSingleton<MailFolder>().AddSingleton<SmtpTransport>();
        services.AddSingleton<IEmailTransport>(s => LandsInFolder(s) ? s.GetRequiredService<MailFolder>() : s.GetRequiredService<SmtpTransport>());
        services.AddSingleton<IOutboxChannel, MailChannel>();
        services.AddScoped<NoticeQueries>().AddScoped<NoticeService>();
        return services.AddJob<NoticeSweep>("Clear old notices", "Forgets what stood under people's bells three months ago.", "0 20 3 * * ?");
    }

    /// <summary>When the shop opens: says where mails go, if it is not to their readers.</summary>
    public static void OpenMessaging(this IServiceProvider services)
    {
        var banner = services.GetService<StartBanner>();
        var channel = services.GetServices<IOutboxChannel>().Single(c => c.Name == Mailer.Channel);
        if (channel.WhyNotReady is { } reason) banner?.Add($"Warning: no mail is sent, since {reason}. Mails wait until it does.");
        else if (LandsInFolder(services)) banner?.Add("Mails are not sent; read them at /dev/mail.");
    }

    public static WebApplication MapMessaging(this WebApplication app) => app.MapMails();

    private static bool LandsInFolder(IServiceProvider services) =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment() && !services.GetRequiredService<IOptions<MailOptions>>().Value.HasServer;
}
