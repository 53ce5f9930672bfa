using Crm.Web.Platform.Hosting;
using Crm.Web.Tests.Architecture;

namespace Crm.Web.Tests.Platform.Hosting;

/// <summary>Where settings come from, and that the file to copy tells the truth about them.</summary>
public class SettingsTests
{
    private static readonly List<SettingsSection> Known =
    [
        .. new ServiceCollection().AddCrm().Where(s => s.ServiceType == typeof(SettingsSection)).Select(s => (SettingsSection)s.ImplementationInstance!),
    ];

    private readonly IConfigurationRoot sample = new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(TheHouse.Root, "appsettings.Development.json.sample")).Build();

    [Fact]
    [Trait("contract", "M-057")]
    public void The_sample_names_every_section_and_nothing_unknown()
    {
        SettingsCheck.Run(sample, Known);

        Assert.Equal(Known.Select(s => s.Name).Append("Logging").Order(), sample.GetChildren().Select(s => s.Key).Order());
    }

    [Fact]
    public void The_sample_shows_what_holds_without_it()
    {
        foreach (var section in Known)
        {
            var untouched = Activator.CreateInstance(section.Options)!;
            foreach (var shown in sample.GetSection(section.Name).GetChildren().Where(s => s.Value is { Length: > 0 }))
                if (section.Options.GetProperty(shown.Key)!.GetValue(untouched) is { } usual)
                    Assert.Equal(Convert.ToString(usual, System.Globalization.CultureInfo.InvariantCulture), shown.Value);
        }
    }

    [Fact]
    public void An_unknown_key_of_a_known_section_is_refused()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Folder", "x")]).Build();

        Assert.Equal("there is no setting Storage:Folder.", Assert.Throws<StartException>(() => SettingsCheck.Run(settings, Known)).Message);
    }
}
