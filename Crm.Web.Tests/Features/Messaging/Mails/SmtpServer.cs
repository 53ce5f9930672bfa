using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>A mail server on this machine that speaks SMTP as a test wants it: obliging, refusing, hanging up or saying nothing.</summary>
sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task accepting;

    public SmtpServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Nobody signed it but itself.</summary>
    public static X509Certificate2 Certificate { get; } = MakeCertificate();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public bool OffersStartTls { get; init; } = true;

    /// <summary>Answers by the beginning of a command ("RCPT", "." for the end of the mail) instead of the usual ones; null hangs up.</summary>
    public Dictionary<string, string?> Says { get; } = [];

    /// <summary>Takes connections and never greets.</summary>
    public bool IsMute { get; init; }

    /// <summary>Every command, marked with * when it came encrypted.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>The mails as they came over the wire, their leading dots taken away again.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    /// <summary>Ends when somebody has called.</summary>
    public Task Called => called.Task;

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        called.TrySetResult();
        try
        {
            await ConverseAsync(client.GetStream());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client went, or would not have our certificate.
        }
    }

    private async Task ConverseAsync(Stream stream)
    {
        if (IsMute) await Task.Delay(Timeout.Infinite, closing.Token);
        var encrypted = false;
        var (reader, writer) = Over(stream);
        await writer.WriteLineAsync(Says.GetValueOrDefault("CONNECT") ?? "220 test ready");
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            Heard.Enqueue((encrypted ? "*" : "") + line);
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (Says.TryGetValue(verb, out var answer) && answer is null) return;
            if (verb == "DATA" && answer is null)
            {
                await writer.WriteLineAsync("354 go on");
                Mails.Enqueue(await ReadMailAsync(reader));
                if (Says.TryGetValue(".", out answer) && answer is null) return;
                await writer.WriteLineAsync(answer ?? "250 taken");
                continue;
            }
            await writer.WriteLineAsync(answer ?? Usual(verb, encrypted));
            if (verb == "QUIT") return;
            if (verb != "STARTTLS" || answer is not null) continue;
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, closing.Token);
            (encrypted, (reader, writer)) = (true, Over(tls));
        }
    }

    private string Usual(string verb, bool encrypted) => verb switch
    {
        "EHLO" => $"250-test\r\n{(OffersStartTls && !encrypted ? "250-STARTTLS\r\n" : "")}250-AUTH LOGIN\r\n250 SIZE 1000000",
        "AUTH" => "334 UGFzc3dvcmQ6",
        "STARTTLS" => "220 begin",
        "QUIT" => "221 bye",
        "MAIL" or "RCPT" => "250 fine",
        _ => "235 come in",
    };

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(closing.Token) is { } line && line != ".") mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return mail.ToString();
    }

    private static (StreamReader, StreamWriter) Over(Stream stream) =>
        (new StreamReader(stream, Encoding.UTF8), new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" });

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }
}
