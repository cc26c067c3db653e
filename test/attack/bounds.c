/*
 * bounds.c
 *		An attacker's arithmetic: from sums of unknown counts, between which
 *		bounds other sums of them must lie, by linear programming (GLPK).
 *
 * Reads lines of
 *		begin <unknowns>
 *		sum <value> <unknown>...		what is published
 *		ask <label> <unknown>...		what is not
 *		end
 * with unknowns numbered from 1, none of them below 0, and prints a line
 * "<label> <lower> <upper>" for each question, or "infeasible" for a problem
 * that nothing can solve.
 */
#include <glpk.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Question
{
	char	   *label;
	int		   *unknowns;
	int			n;
} Question;

static char *line;
static size_t size;

static void
fail(const char *what)
{
	fprintf(stderr, "bounds: %s\n", what);
	exit(1);
}

/* Numbers to the end of the line. */
static int
read_numbers(char *rest, int unknowns, int *numbers)
{
	int			n = 0;

	for (char *word = strtok(rest, " \n"); word != NULL; word = strtok(NULL, " \n"))
	{
		int			number = atoi(word);

		if (number < 1 || number > unknowns)
			fail("no such unknown");
		numbers[++n] = number;
	}
	return n;
}

static double
optimum(glp_prob *problem, const Question *question, int direction, const glp_smcp *how)
{
	double		result;

	for (int i = 1; i <= question->n; i++)
		glp_set_obj_coef(problem, question->unknowns[i], glp_get_obj_coef(problem, question->unknowns[i]) + 1);
	glp_set_obj_dir(problem, direction);
	if (glp_simplex(problem, how) != 0)
		fail("the simplex method failed");
	result = glp_get_status(problem) == GLP_UNBND ? INFINITY : glp_get_obj_val(problem);
	for (int i = 1; i <= question->n; i++)
		glp_set_obj_coef(problem, question->unknowns[i], 0);
	return result;
}

static void
solve(glp_prob *problem, const Question *questions, int n)
{
	glp_smcp	how;

	glp_init_smcp(&how);
	how.msg_lev = GLP_MSG_OFF;
	glp_std_basis(problem);
	if (glp_simplex(problem, &how) != 0)
		fail("the simplex method failed");
	if (glp_get_status(problem) != GLP_OPT)
	{
		puts("infeasible");
		return;
	}
	for (int i = 0; i < n; i++)
		printf("%s %.6f %.6f\n", questions[i].label, optimum(problem, &questions[i], GLP_MIN, &how), optimum(problem, &questions[i], GLP_MAX, &how));
}

int
main(void)
{
	while (getline(&line, &size, stdin) > 0)
	{
		int			unknowns,
					nquestions = 0;
		int		   *numbers;
		double	   *ones;
		Question   *questions = NULL;
		glp_prob   *problem;
		bool		ended = false;

		if (sscanf(line, "begin %d", &unknowns) != 1 || unknowns < 1)
			fail("a problem begins otherwise");
		numbers = malloc(((size_t) unknowns + 1) * sizeof(int));
		ones = malloc(((size_t) unknowns + 1) * sizeof(double));
		for (int i = 0; i <= unknowns; i++)
			ones[i] = 1;
		problem = glp_create_prob();
		glp_add_cols(problem, unknowns);
		for (int i = 1; i <= unknowns; i++)
			glp_set_col_bnds(problem, i, GLP_LO, 0, 0);
		while (!ended && getline(&line, &size, stdin) > 0)
		{
			char	   *word = strtok(line, " \n");

			if (strcmp(word, "end") == 0)
				ended = true;
			else
			{
				char	   *what = strtok(NULL, " \n");

				if (strcmp(word, "sum") == 0)
				{
					int			row = glp_add_rows(problem, 1);
					int			n = read_numbers(NULL, unknowns, numbers);

					glp_set_row_bnds(problem, row, GLP_FX, atof(what), atof(what));
					glp_set_mat_row(problem, row, n, numbers, ones);
				}
				else if (strcmp(word, "ask") == 0)
				{
					Question   *question;

					questions = realloc(questions, ((size_t) nquestions + 1) * sizeof(Question));
					question = &questions[nquestions++];
					question->label = strdup(what);
					question->unknowns = malloc(((size_t) unknowns + 1) * sizeof(int));
					question->n = read_numbers(NULL, unknowns, question->unknowns);
				}
				else
					fail("no such line");
			}
		}
		if (!ended)
			fail("a problem does not end");
		solve(problem, questions, nquestions);
		for (int i = 0; i < nquestions; i++)
		{
			free(questions[i].label);
			free(questions[i].unknowns);
		}
		free(questions);
		free(numbers);
		free(ones);
		glp_delete_prob(problem);
	}
	free(line);
	return 0;
}
