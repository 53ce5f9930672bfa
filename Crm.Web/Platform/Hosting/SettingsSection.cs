using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Hosting;

/// <summary>A section that settings may have, and the class whose properties are its keys.</summary>
public sealed record SettingsSection(string Name, Type Options);

/// <summary>Registers a feature's options.</summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Binds the section, checks the data annotations (and <see cref="IValidatableObject"/>) at start, and makes the section
    /// known, so that a misspelt one is refused.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton(new SettingsSection(section, typeof(TOptions)));
        services.AddSingleton<IValidateOptions<TOptions>>(new AnnotatedSettings<TOptions>(section));
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class AnnotatedSettings<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var found = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(found.Select(r => $"{section}:{string.Join(',', r.MemberNames)}: {r.ErrorMessage}"));
        }
    }
}
