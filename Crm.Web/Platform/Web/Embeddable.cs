using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Platform.Web;

/// <summary>On a page that other sites may show in a frame: nobody is signed in there, and nothing of theirs can be changed by a click.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EmbeddableAttribute : Attribute;

/// <summary>Whose pages may show <see cref="EmbeddableAttribute"/> pages in a frame. Section <c>Embed</c>.</summary>
public sealed class EmbedOptions : IValidatableObject
{
    /// <summary>Such as https://www.example; none of other hosts while it is empty.</summary>
    public string[] Origins { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Origins.Where(text => !WebOrigin.IsOne(text)).Select(text => new ValidationResult($"{text} is no origin; write it like https://www.example.", [nameof(Origins)]));
}

/// <summary>Scheme, host and port, as browsers name where a page comes from.</summary>
static class WebOrigin
{
    public static bool IsOne(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text && uri.Scheme is ("http" or "https");
}
