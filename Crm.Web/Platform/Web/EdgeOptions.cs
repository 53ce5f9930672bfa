using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Crm.Web.Platform.Web;

/// <summary>Whom the shop believes what they say about a request's origin. Section <c>Proxy</c>.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>Addresses or networks of the load balancers in front: 10.0.0.5, 10.1.0.0/16. X-Forwarded-For and -Proto of others are ignored.</summary>
    public string[] Known { get; set; } = [];

    internal IEnumerable<IPNetwork> Networks => Known.Select(text => TryRead(text)!.Value);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Known.Where(text => TryRead(text) is null).Select(text => new ValidationResult($"{text} is neither an address nor a network.", [nameof(Known)]));

    private static IPNetwork? TryRead(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}

/// <summary>Whose pages may call the API from a browser. Section <c>Cors</c>.</summary>
public sealed class CorsOriginOptions : IValidatableObject
{
    private static readonly string[] WhileDeveloping = ["http://localhost:3000", "http://localhost:8080"];

    /// <summary>Such as https://app.example; unset means two ports of this machine in Development, and none elsewhere.</summary>
    public string[]? Origins { get; set; }

    /// <summary>The answer for this environment.</summary>
    public string[] In(IHostEnvironment environment) => Origins ?? (environment.IsDevelopment() ? WhileDeveloping : []);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (Origins ?? []).Where(text => !WebOrigin.IsOne(text))
            .Select(text => new ValidationResult($"{text} is no origin; write it like https://app.example.", [nameof(Origins)]));
}
