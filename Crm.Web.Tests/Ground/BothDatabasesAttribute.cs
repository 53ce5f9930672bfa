using System.Reflection;
using Crm.Data.Storage;
using Xunit.Sdk;

namespace Crm.Web.Tests.Ground;

/// <summary>Runs a theory on SQLite and on PostgreSQL; the test's first parameter is the <see cref="DatabaseKind"/>.</summary>
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Sqlite], [DatabaseKind.Postgres]];
}
