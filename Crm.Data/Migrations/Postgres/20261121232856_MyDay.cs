using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class MyDay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_Status",
                table: "Leads");

            migrationBuilder.AddColumn<string>(
                name: "TimeZone",
                table: "Users",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "AssignedAt",
                table: "Leads",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Users_TimeZone",
                table: "Users",
                column: "TimeZone",
                filter: "\"TimeZone\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_Open",
                table: "Reminders",
                column: "DueAt",
                filter: "\"DoneAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_OpenOfUser",
                table: "Reminders",
                columns: new[] { "UserId", "DueAt" },
                filter: "\"DoneAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_AssignedAt",
                table: "Leads",
                column: "AssignedAt",
                filter: "\"AssignedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_AssignedAt",
                table: "Leads",
                columns: new[] { "OwnerId", "AssignedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_NextStepAt",
                table: "Leads",
                columns: new[] { "OwnerId", "NextStepAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_Status_TouchedAt",
                table: "Leads",
                columns: new[] { "OwnerId", "Status", "TouchedAt" });

            // what fell due long before the upgrade is shown as overdue, not told all at once by the first run
            migrationBuilder.Sql("UPDATE \"Reminders\" SET \"Status\" = 'Sent' WHERE \"Status\" = 'Pending' AND \"FireAt\" < now() - interval '1 day'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Users_TimeZone",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Reminders_Open",
                table: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_Reminders_OpenOfUser",
                table: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_Leads_AssignedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_AssignedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_NextStepAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_Status_TouchedAt",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "TimeZone",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "AssignedAt",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_Status",
                table: "Leads",
                columns: new[] { "OwnerId", "Status" });
        }
    }
}
