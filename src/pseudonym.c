/*
 * pseudonym.c
 *		Pseudonyms for CPR numbers: HMAC-SHA-256 under a key that is in no table.
 *
 * There are only some hundred million CPR numbers.  So whoever can compute
 * pseudonyms under a key can find the number behind each of them, and what
 * protects the numbers is who has the key, not who may call the function.
 *
 * A key is the session's own (byudv.pseudonym_key), or in a file of the
 * server's, whose name (byudv.pseudonym_key_file) a superuser sets for those
 * roles that load registers.  A key in postgresql.conf or set for a role or
 * database is not taken.  Until the library is loaded, which is at the first
 * call in a session, every role can SHOW it there, and pg_db_role_setting may
 * be read by all and is in dumps.
 *
 * Errors must not show numbers or keys, neither to the client nor in the log.
 */
#include "byudv.h"

#include <sys/stat.h>
#include <unistd.h>

#include "common/hmac.h"
#include "common/sha2.h"
#include "port/pg_bswap.h"
#include "storage/fd.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "core/danish.h"

#define KEY_MIN		16
#define KEY_MAX		1024
#define KEY_HINT	"openssl rand -hex 32 makes a good one. Keep a copy where the data are not: without it, no later delivery can be joined to these pseudonyms."

PG_FUNCTION_INFO_V1(byudv_pseudonym);
PG_FUNCTION_INFO_V1(byudv_pseudonym_key_fingerprint);

static char *key_setting = NULL;
static char *key_file_setting = NULL;

typedef struct Key
{
	const char *bytes;
	size_t		len;
} Key;

/*
 * A key from a file, for one query.  It is not kept for the session: parallel
 * workers read the file when they start, and must not find another key there
 * than a leader that has read it long before.
 */
typedef struct KeyFile
{
	char	   *path;
	size_t		len;
	char		bytes[KEY_MAX + 3]; /* a line end, and one byte that is too many */
} KeyFile;

/*
 * Before errors: a statement holds numbers or a key where they were written
 * as literals, and CONTEXT holds such statements, or the line that COPY is at.
 * Whoever catches the error restores the context stack.  When this is a
 * parallel worker, the leader still adds the statement's context, but that has
 * no value of a row.
 */
static void
hide_context(void)
{
	error_context_stack = NULL;
}

static bool
check_key_setting(char **value, void **extra, GucSource source)
{
	if (**value == '\0')
		return true;
	switch (source)
	{
		case PGC_S_DEFAULT:
		case PGC_S_CLIENT:
		case PGC_S_OVERRIDE:
		case PGC_S_INTERACTIVE:
		case PGC_S_SESSION:
			return true;
		default:
			/* without this, the message would show the value */
			GUC_check_errmsg("byudv.pseudonym_key is taken from the session only");
			GUC_check_errdetail("In a configuration file, or as a setting of a role, database or function, other users could read it.");
			GUC_check_errhint("Put the key into a file, and set byudv.pseudonym_key_file there.");
			return false;
	}
}

static const char *
show_key_setting(void)
{
	return *key_setting == '\0' ? "" : "(hidden)";
}

static bool
check_key_file_setting(char **value, void **extra, GucSource source)
{
	if (**value == '\0' || is_absolute_path(*value))
		return true;
	GUC_check_errdetail("byudv.pseudonym_key_file must be an absolute path.");
	return false;
}

void
byudv_define_key_settings(void)
{
	DefineCustomStringVariable("byudv.pseudonym_key",
							   "Key of byudv.pseudonym(), for this session.",
							   "16 to 1024 ASCII characters without blanks. It is taken from SET or from the client's connection options only.",
							   &key_setting, "", PGC_USERSET,
							   GUC_SUPERUSER_ONLY | GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE,
							   check_key_setting, NULL, show_key_setting);
	DefineCustomStringVariable("byudv.pseudonym_key_file",
							   "File of the server with the key of byudv.pseudonym().",
							   "An absolute path. The file is read by each query. byudv.pseudonym_key goes before it.",
							   &key_file_setting, "", PGC_SUSET,
							   GUC_NOT_IN_SAMPLE,
							   check_key_file_setting, NULL, NULL);
}

static void
refuse_key_file(const char *detail)
{
	hide_context();
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("key file \"%s\" is not used", key_file_setting),
			 errdetail_internal("%s", detail),
			 errhint("It must belong to the user who runs the server, with chmod 600, or to root, with at most 640."),
			 errhidestmt(true)));
}

/* errno says why. */
static void
refuse_unreadable_key_file(void)
{
	hide_context();
	ereport(ERROR,
			(errcode_for_file_access(),
			 errmsg("could not read key file \"%s\": %m", key_file_setting),
			 errhint("The file must be on the server's machine, and the user who runs the server be allowed to read it."),
			 errhidestmt(true)));
}

static KeyFile *
read_key_file(MemoryContext context)
{
	KeyFile    *key = MemoryContextAlloc(context, sizeof(KeyFile));
	struct stat st;
	FILE	   *file;

	/* before it is opened: opening a pipe would wait */
	if (stat(key_file_setting, &st) != 0)
		refuse_unreadable_key_file();
	if (!S_ISREG(st.st_mode))
		refuse_key_file("It is not a regular file.");

	/* as the server demands of its own private keys */
#if !defined(WIN32) && !defined(__CYGWIN__)
	if (st.st_uid != geteuid() && st.st_uid != 0)
		refuse_key_file("It belongs neither to the user who runs the server nor to root.");
	if (st.st_mode & (st.st_uid == 0 ? S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO))
		refuse_key_file("Others than its owner may read or write it.");
#endif

	file = AllocateFile(key_file_setting, PG_BINARY_R);
	if (file == NULL)
		refuse_unreadable_key_file();
	key->len = fread(key->bytes, 1, sizeof(key->bytes), file);
	if (ferror(file))
		refuse_unreadable_key_file();
	FreeFile(file);
	if (key->len > 0 && key->bytes[key->len - 1] == '\n')
		key->len--;
	if (key->len > 0 && key->bytes[key->len - 1] == '\r')
		key->len--;
	key->path = MemoryContextStrdup(context, key_file_setting);
	return key;
}

static void
refuse_key(const char *source, char *detail)
{
	hide_context();
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("key in %s cannot be used", source),
			 errdetail_internal("%s", detail),
			 errhint(KEY_HINT),
			 errhidestmt(true)));
}

/* The key of this session, or an error that says how to give one. */
static Key
pseudonym_key(FunctionCallInfo fcinfo)
{
	const char *source = "byudv.pseudonym_key";
	Key			key = {key_setting, strlen(key_setting)};
	KeyFile    *file;

	if (key.len == 0)
	{
		if (*key_file_setting == '\0')
		{
			hide_context();
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("no key for pseudonyms is set"),
					 errdetail("In this session neither byudv.pseudonym_key nor byudv.pseudonym_key_file has a value that is taken."),
					 errhint("A superuser can say: ALTER ROLE ... SET byudv.pseudonym_key_file = '/path/to/key'; it holds from the next session on. For one session: SET byudv.pseudonym_key = '...'."),
					 errhidestmt(true)));
		}
		file = fcinfo->flinfo->fn_extra;
		if (file == NULL || strcmp(file->path, key_file_setting) != 0)
			file = fcinfo->flinfo->fn_extra = read_key_file(fcinfo->flinfo->fn_mcxt);
		source = "the file of byudv.pseudonym_key_file";
		key = (Key)
		{
			file->bytes, file->len
		};
	}
	if (key.len < KEY_MIN)
		refuse_key(source, psprintf("It has %zu characters; at least %d are needed.", key.len, KEY_MIN));
	if (key.len > KEY_MAX)
		refuse_key(source, psprintf("It has more than %d characters.", KEY_MAX));
	for (size_t i = 0; i < key.len; i++)
		/* others are different bytes in another encoding, or hard to see */
		if (key.bytes[i] < '!' || key.bytes[i] > '~')
			refuse_key(source, psprintf("Character %zu is a blank, a control character or not ASCII.", i + 1));
	return key;
}

static void
compute_hmac(const Key *key, const char *message, size_t len, uint8 *digest)
{
	pg_hmac_ctx *ctx = pg_hmac_create(PG_SHA256);

	if (ctx == NULL ||
		pg_hmac_init(ctx, (const uint8 *) key->bytes, key->len) < 0 ||
		pg_hmac_update(ctx, (const uint8 *) message, len) < 0 ||
		pg_hmac_final(ctx, digest, PG_SHA256_DIGEST_LENGTH) < 0)
		elog(ERROR, "could not compute HMAC-SHA-256");
	pg_hmac_free(ctx);
}

/* The number itself is in no message; what is wrong with it, and how long it is. */
static void
refuse_number(const text *cpr, const char *fault)
{
	int			nchars = pg_mbstrlen_with_len(VARDATA_ANY(cpr), VARSIZE_ANY_EXHDR(cpr));

	hide_context();
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid CPR number"),
			 errdetail("%s Its length with blanks is %d. It is not shown, since it may be a person's.", fault, nchars),
			 errhint("Give ten digits, with or without a hyphen after the sixth. Nine digits are often ten whose leading 0 a spreadsheet has dropped: load the column as text."),
			 errhidestmt(true)));
}

/*
 * The first eight bytes of the HMAC of the ten digits, big endian, without
 * their highest bit, so that bigint has no sign.
 */
Datum
byudv_pseudonym(PG_FUNCTION_ARGS)
{
	const text *cpr = byudv_text_arg(PG_GETARG_DATUM(0));
	char		digits[BYUDV_CPR_DIGITS];
	uint8		digest[PG_SHA256_DIGEST_LENGTH];
	uint64		bits;
	size_t		len;
	const char *s = byudv_text_in_utf8(cpr, &len);
	const char *fault;
	Key			key = pseudonym_key(fcinfo);

	fault = byudv_cpr_number(s, len, digits);
	if (fault != NULL)
		refuse_number(cpr, fault);
	compute_hmac(&key, digits, sizeof(digits), digest);
	memcpy(&bits, digest, sizeof(bits));
	PG_RETURN_INT64((int64) (pg_ntoh64(bits) & PG_INT64_MAX));
}

/* A label that is no CPR number, so that it tells nothing about one. */
Datum
byudv_pseudonym_key_fingerprint(PG_FUNCTION_ARGS)
{
	static const char label[] = "byudv.pseudonym_key_fingerprint";
	Key			key = pseudonym_key(fcinfo);
	uint8		digest[PG_SHA256_DIGEST_LENGTH];

	compute_hmac(&key, label, sizeof(label) - 1, digest);
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%02x%02x%02x%02x", digest[0], digest[1], digest[2], digest[3])));
}
