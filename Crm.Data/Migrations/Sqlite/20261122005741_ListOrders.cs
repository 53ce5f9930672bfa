using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ListOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Reminders_CreatedAt_Id",
                table: "Reminders",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_DueAt_Id",
                table: "Reminders",
                columns: new[] { "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadNotes_CreatedAt_Id",
                table: "LeadNotes",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadContacts_CreatedAt_Id",
                table: "LeadContacts",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Correspondence_CreatedAt_Id",
                table: "Correspondence",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Correspondence_HappenedAt_Id",
                table: "Correspondence",
                columns: new[] { "HappenedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_ActorId_At",
                table: "AuditEntries",
                columns: new[] { "ActorId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_EntityType_At",
                table: "AuditEntries",
                columns: new[] { "EntityType", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reminders_CreatedAt_Id",
                table: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_Reminders_DueAt_Id",
                table: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_LeadNotes_CreatedAt_Id",
                table: "LeadNotes");

            migrationBuilder.DropIndex(
                name: "IX_LeadContacts_CreatedAt_Id",
                table: "LeadContacts");

            migrationBuilder.DropIndex(
                name: "IX_Correspondence_CreatedAt_Id",
                table: "Correspondence");

            migrationBuilder.DropIndex(
                name: "IX_Correspondence_HappenedAt_Id",
                table: "Correspondence");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_ActorId_At",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_EntityType_At",
                table: "AuditEntries");
        }
    }
}
