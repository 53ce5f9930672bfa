using System.Text.Json;
using Crm.Web.Shell;
using Microsoft.JSInterop;

namespace Crm.Web.Tests.Shell;

/// <summary>What circuits say to scripts and hear from them is as before, with less known of it.</summary>
public sealed class LeanJsonTests
{
    [Fact]
    public void Interfaces_that_are_never_written_are_not_looked_into()
    {
        using var services = new ServiceCollection().AddScoped<IJSRuntime, Scripts>().AddLeanJson().BuildServiceProvider();
        using var scope = services.CreateScope();
        var options = LeanJson.Options((JSRuntime)scope.ServiceProvider.GetRequiredService<IJSRuntime>());

        object?[] said = [7, "seven", new Dictionary<string, List<string>> { ["a"] = ["b"] }, new[] { Guid.Empty }, null, true, new { Wide = 1.5 }];
        Assert.Equal("""[7,"seven",{"a":["b"]},["00000000-0000-0000-0000-000000000000"],null,true,{"wide":1.5}]""", JsonSerializer.Serialize(said, options));
        Assert.Equal(["x", "y"], JsonSerializer.Deserialize<IReadOnlyList<string>>("""["x","y"]""", options));
        Assert.Equal(2, JsonSerializer.Deserialize<IReadOnlyDictionary<string, int>>("""{"x":2}""", options)!["x"]);
        Assert.Throws<NotSupportedException>(() => options.GetTypeInfo(typeof(IComparable<int>)));
        Assert.Throws<NotSupportedException>(() => options.GetTypeInfo(typeof(System.Numerics.INumber<int>)));
        Assert.Throws<NotSupportedException>(() => options.GetTypeInfo(typeof(IEnumerable<KeyValuePair<string, int>>)));
    }

    private sealed class Scripts : JSRuntime
    {
        protected override void BeginInvokeJS(long taskId, string identifier, string? argsJson, JSCallResultType resultType, long targetInstanceId) => throw new NotSupportedException();
        protected override void BeginInvokeJS(in Microsoft.JSInterop.Infrastructure.JSInvocationInfo invocationInfo) => throw new NotSupportedException();
        protected override void EndInvokeDotNet(Microsoft.JSInterop.Infrastructure.DotNetInvocationInfo invocationInfo, in Microsoft.JSInterop.Infrastructure.DotNetInvocationResult invocationResult) => throw new NotSupportedException();
    }
}
