using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>By what a program, which keeps no cookie, is known again at its next sign-in: what it says it is, and the network it calls from.</summary>
static class ProgramMark
{
    // Within these an address changes by itself.
    private const int NetworkOf4 = 24;
    private const int NetworkOf6 = 48;

    /// <returns>SHA-256.</returns>
    public static byte[] Of(string userAgent, IPAddress? address) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Network(address)}\n{userAgent}"));

    private static string Network(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bits = address.AddressFamily is AddressFamily.InterNetworkV6 ? NetworkOf6 : NetworkOf4;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPNetwork(new IPAddress(bytes), bits)}";
    }
}
