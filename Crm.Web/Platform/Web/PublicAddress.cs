using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Web;

/// <summary>Where the shop stands on the network. Section <c>Web</c>.</summary>
public sealed class PublicAddressOptions : IValidatableObject
{
    /// <summary>The address that people type, such as https://shop.example: links in mails begin with it, never with what a request claims.</summary>
    public string? PublicAddress { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(PublicAddress)) yield break;
        if (!Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query + address.Fragment + address.UserInfo != "")
            yield return new ValidationResult("write it like https://shop.example.", [nameof(PublicAddress)]);
    }
}

/// <summary>Makes links for whoever reads them outside of the shop.</summary>
public sealed class PublicAddress(IOptions<PublicAddressOptions> options, IServiceProvider services, IHostEnvironment environment)
{
    /// <summary>Without a trailing slash; outside Production the address that is listened to will do. Null when nobody knows.</summary>
    public string? Known =>
        !string.IsNullOrWhiteSpace(options.Value.PublicAddress) ? options.Value.PublicAddress.TrimEnd('/')
        : environment.IsProduction() ? null
        : Served;

    /// <summary>The whole address of a page of this shop.</summary>
    /// <param name="path">With its query, from the first slash.</param>
    /// <exception cref="ArgumentException">The path leads to another host.</exception>
    public string Of(string path) =>
        ReturnUrl.IsLocal(path)
            ? (Known ?? throw new InvalidOperationException("Web:PublicAddress is not set.")) + path
            : throw new ArgumentException("A link must be a path of this shop.", nameof(path));

    private string Served
    {
        get
        {
            var heard = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
            var binding = BindingAddress.Parse(heard);
            var host = binding.Host is "*" or "+" or "[::]" or "0.0.0.0" ? "localhost" : binding.Host;
            return new UriBuilder(binding.Scheme, host, binding.Port).Uri.GetLeftPart(UriPartial.Authority);
        }
    }
}
